import Testing

@testable import Portal

struct ValuesTests {
    @Test(arguments: ["2024-02-29", "1800-01-01", "9999-12-31"]) func daysThatExist(text: String) {
        #expect(CalendarDay(text)?.text == text)
    }

    @Test(arguments: [
        "2023-02-29", "2024-13-01", "2024-00-10", "24-01-01", "2024-1-01", "1799-01-01", "+024-01-01", "",
    ])
    func daysThatDoNot(text: String) { #expect(CalendarDay(text) == nil) }

    @Test(arguments: ["2024-01-01", "2024-01-01T10:20:30Z", "2024-01-01T10:20:30.5+02:00"])
    func instantsThatAre(text: String) { #expect(Instant.isValid(text)) }

    @Test(arguments: ["", "now", "2024-01-01T", "2024-01-01T25:00:00Z", "2024-01-01T10:20:30", "2024-01-01T1:2:3Z"])
    func instantsThatAreNot(text: String) { #expect(!Instant.isValid(text)) }

    @Test(arguments: [[], [0], [1, 2], [255, 254, 253], Array(0...255)] as [[UInt8]])
    func base64URLGoesThereAndBack(bytes: [UInt8]) { #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes) }

    @Test func aMergePatchFollowsTheStandard() {
        let target: FreeJSON = .object(["a": .object(["b": .string("c"), "d": .integer(1)]), "e": .array([])])
        let patch: FreeJSON = .object(["a": .object(["b": .null]), "e": .bool(true), "f": .null])
        #expect(target.merged(with: patch) == .object(["a": .object(["d": .integer(1)]), "e": .bool(true)]))
    }

    @Test func aPasswordMatchesOnlyItself() throws {
        let quick = PasswordHash.Parameters(rounds: 1024, blockSize: 8, parallelism: 1)
        let hash = try PasswordHash(of: "pässword", parameters: quick)
        let read = try #require(PasswordHash(hash.text))
        #expect(try read.matches("pässword"))
        #expect(try !read.matches("password"))
        #expect(try PasswordHash(of: "pässword", parameters: quick).text != hash.text)
    }

    // RFC 7914 §12, with a key of 32 bytes: the first half of the vector for N=1024.
    @Test func theHashIsScrypt() throws {
        let key: [UInt8] = [
            0xfd, 0xba, 0xbe, 0x1c, 0x9d, 0x34, 0x72, 0x00, 0x78, 0x56, 0xe7, 0x19, 0x0d, 0x01, 0xe9, 0xfe, 0x7c, 0x6a,
            0xd7, 0xcb, 0xc8, 0x23, 0x78, 0x30, 0xe7, 0x73, 0x76, 0x63, 0x4b, 0x37, 0x31, 0x62,
        ]
        let text = "scrypt$1024$8$16$\(Base64URL.encode(Array("NaCl".utf8)))$\(Base64URL.encode(key))"
        #expect(try #require(PasswordHash(text)).matches("password"))
    }

    @Test(arguments: ["", "scrypt$1$8$1$a$b", "scrypt$99999999$8$1$AAAA$AAAA", "bcrypt$16384$8$1$AAAA$AAAA"])
    func whatIsNoHashOfOursIsRefused(text: String) { #expect(PasswordHash(text) == nil) }

    @Test func temporaryPasswordsAreReadableAndDiffer() {
        let password = PasswordRules.random()
        #expect(password.split(separator: "-").map(\.count) == [4, 4, 4, 4])
        #expect(password != PasswordRules.random())
    }
}
