import Glibc
import HTTPModel
import ObjectStore
import Testing

@testable import Dispatching

/// What comes back for answers of every form, with and without nginx's redirect.
@Suite struct AnswerTests {
    private static let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    /// A store with one object, and the functions that name it.
    private func run(
        accelPrefix: String? = nil, socketPath: String? = nil, _ body: (TestClient) throws -> Void
    ) throws {
        var template = Array("/tmp/dispatching-XXXXXX".utf8CString)
        let root = try #require(mkdtemp(&template).map { String(cString: $0) })
        let file = "\(root)/a.dcm"
        let descriptor = open(file, O_WRONLY | O_CREAT, 0o600)
        #expect(Self.content.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } == Self.content.count)
        close(descriptor)
        defer {
            unlink(file)
            rmdir(root)
        }
        let key = try #require(ObjectKey("a.dcm"))
        let absent = try #require(ObjectKey("b.dcm"))
        let headers: Headers = [
            "Content-Type": "application/dicom", "ETag": "\"1\"", "Cache-Control": "private, no-cache",
            "Content-Length": "7",
            "X-Split": "a\r\nSet-Cookie: b",
        ]
        let length = Self.content.count
        let offers: [TestPortal.Offer] = [
            .init("GET /whole") { _, _ in Response(headers: headers, body: .object(key, length: length)) },
            .init("GET /short") { _, _ in Response(headers: headers, body: .object(key, length: length + 1)) },
            .init("GET /absent") { _, _ in Response(body: .object(absent, length: 1)) },
            .init("GET /pieces") { _, _ in
                Response(
                    body: .segments([
                        .bytes([1, 2]), .object(key, offset: 1_000_000, length: 1_500_000), .bytes([3]),
                        .object(key, offset: 0, length: 1), .bytes([]),
                    ]))
            },
            .init("GET /part") { _, _ in
                Response(
                    headers: ["Accept-Ranges": "bytes"],
                    body: .segments([.bytes([0x0A, 0xFF]), .object(key, offset: 5, length: 20)]))
            },
            .init("GET /lacking") { _, _ in
                Response(body: .segments([.bytes([1, 2]), .object(absent, offset: 0, length: 10)]))
            },
            .init("GET /cut") { _, _ in
                let more = [Segment](repeating: .object(key, offset: 0, length: 1), count: 20)
                return Response(body: .segments(more + [.object(absent, offset: 0, length: 10)]))
            },
            .init("GET /bytes") { request, _ in
                let count = Int(request.query) ?? 0
                return Response(body: .bytes([UInt8](repeating: 7, count: count)))
            },
            .init("GET /stream") { _, _ in
                Response(body: .stream { write in for _ in 0..<20 { try write(Self.content[..<100_000]) } })
            },
            .init("GET /none") { _, _ in Response(status: 204) },
            .init("GET /fresh") { _, _ in Response(status: 304, headers: ["ETag": "\"1\""]) },
        ]
        try TestPortal.run(
            offers,
            change: {
                $0.storeRoot = root
                $0.accelPrefix = accelPrefix
                $0.socketPath = socketPath
            }
        ) { try body(try $0.client()) }
    }

    @Test func anObjectIsSentFromTheStore() throws {
        try run { client in
            let answer = try client.get("/whole")
            #expect(answer.status == 200)
            #expect(answer.body == Self.content)
            #expect(answer.field("Content-Length") == "3000000")
            #expect(answer.field("Set-Cookie") == nil)
        }
    }

    @Test func headersAreEqualWithAndWithoutNginx() throws {
        func names(_ answer: TestClient.Answer, without: Set<String>) -> [String] {
            answer.fields.filter { !without.contains($0.name) && $0.name != "Date" }.map { "\($0.name): \($0.value)" }
                .sorted()
        }
        var direct: [String] = []
        try run { direct = names(try $0.get("/whole"), without: ["Content-Length", "Accept-Ranges"]) }
        try run(accelPrefix: "/_store/") { client in
            let answer = try client.get("/whole")
            #expect(answer.field("X-Accel-Redirect") == "/_store/a.dcm")
            #expect(answer.field("Content-Length") == "0")
            #expect(names(answer, without: ["X-Accel-Redirect", "Content-Length"]) == direct)
        }
        #expect(direct.contains("ETag: \"1\""))
    }

    @Test func whoDoesNotComeByNginxsSocketGetsTheBytes() throws {
        let path = "/tmp/dispatcher-test-\(UInt32.random(in: .min ... .max)).sock"
        defer { unlink(path) }
        try run(accelPrefix: "/_store/", socketPath: path) { client in
            let answer = try client.get("/whole")
            #expect(answer.body == Self.content && answer.field("X-Accel-Redirect") == nil)
        }
    }

    @Test func nginxIsToldOfAFewPiecesAndNotOfManyOrAPartOfThem() throws {
        try run(accelPrefix: "/_store/") { client in
            let answer = try client.get("/part")
            #expect(answer.field("X-Accel-Redirect") == "/_store/?0aff&a.dcm:5-20")
            #expect(answer.field("Content-Length") == "0")
            #expect(answer.body == [])
            let range = try client.get("/part", fields: "Range: bytes=1-3\r\n")
            #expect(range.status == 206)
            #expect(range.body == [0xFF, Self.content[5], Self.content[6]])
            #expect(try client.get("/part", method: "HEAD").field("Content-Length") == "22")
            #expect(try client.get("/bytes?9").field("X-Accel-Redirect") == nil)
        }
    }

    @Test(
        arguments: [
            ("bytes=0-1", [0x0A, 0xFF]), ("bytes=-2", [content[23], content[24]]), ("bytes=1-2", [0xFF, content[5]]),
        ] as [(String, [UInt8])])
    func aPartOfAFewPiecesIsSentAlone(range: String, expected: [UInt8]) throws {
        try run { client in
            let (whole, part) = (try client.get("/part"), try client.get("/part", fields: "Range: \(range)\r\n"))
            #expect(whole.body == [0x0A, 0xFF] + Self.content[5..<25])
            #expect(part.body == expected)
        }
    }

    @Test func piecesAreSentInTheirOrder() throws {
        try run { client in
            let answer = try client.get("/pieces")
            var expected: [UInt8] = [1, 2]
            expected += Self.content[1_000_000..<2_500_000]
            expected += [3, Self.content[0]]
            #expect(answer.body == expected)
            #expect(answer.field("Content-Length") == "1500004")
            #expect(try client.get("/none").status == 204)
        }
    }

    @Test(arguments: [0, 1, 262_144, 262_145, 5_000_000]) func bytesOfAnyLengthArrive(count: Int) throws {
        try run { client in
            let answer = try client.get("/bytes?\(count)")
            #expect(answer.body == [UInt8](repeating: 7, count: count))
            #expect(answer.field("Content-Length") == "\(count)")
        }
    }

    @Test func aStreamIsChunkedAndEndsWithTheConnectionForOldClients() throws {
        try run { client in
            #expect(try client.get("/stream").body.count == 2_000_000)
            client.send("GET /stream HTTP/1.0\r\n\r\n")
            let answer = try client.answer()
            #expect(answer.field("Transfer-Encoding") == nil)
            #expect(answer.body.count == 2_000_000)
        }
    }

    @Test(arguments: ["/whole", "/pieces", "/bytes?9", "/stream", "/none"])
    func headSendsTheSameHeadAndNoBody(path: String) throws {
        try run { client in
            let get = try client.get(path)
            let head = try client.get(path, method: "HEAD")
            let ignored: Set<String> = ["Date", "Transfer-Encoding"]
            #expect(
                head.fields.filter { !ignored.contains($0.name) }.map(\.value)
                    == get.fields.filter { !ignored.contains($0.name) }.map(\.value))
            #expect(try client.get("/bytes?1").body == [7])
        }
    }

    @Test func aFreshAnswerHasNoBody() throws {
        try run { client in
            let answer = try client.get("/fresh")
            #expect(answer.status == 304)
            #expect(answer.field("Content-Length") == nil)
            #expect(try client.get("/none").status == 204)
        }
    }

    @Test(
        arguments: [
            ("bytes=0-9", 206, "bytes 0-9/3000000", 10), ("bytes=-5", 206, "bytes 2999995-2999999/3000000", 5),
            ("bytes=2999990-", 206, "bytes 2999990-2999999/3000000", 10),
            ("bytes=1-99999999", 206, "bytes 1-2999999/3000000", 2_999_999),
            ("bytes=3000000-", 416, "bytes */3000000", 0),
            ("bytes=5-4", 200, nil, 3_000_000), ("bytes=0-1,3-4", 200, nil, 3_000_000),
            ("lines=1-2", 200, nil, 3_000_000),
            ("bytes=-0", 416, "bytes */3000000", 0), ("bytes=99999999999999999999-", 200, nil, 3_000_000),
        ] as [(String, Int, String?, Int)])
    func aPartIsSentAlone(range: String, status: Int, contentRange: String?, length: Int) throws {
        try run { client in
            let answer = try client.get("/whole", fields: "Range: \(range)\r\n")
            #expect(answer.status == status)
            #expect(answer.field("Content-Range") == contentRange)
            #expect(answer.body.count == length)
            let other = try client.get("/whole", fields: "Range: \(range)\r\nIf-Range: \"2\"\r\n")
            #expect(other.status == 200)
        }
    }

    @Test(arguments: ["/absent", "/short", "/lacking"]) func aMissingObjectIsAnErrorAndNotACutAnswer(path: String)
        throws
    {
        try run { client in
            let answer = try client.get(path)
            #expect(answer.status == 500)
            #expect(answer.text.contains("object.missing"))
            #expect(try client.get("/none").status == 204)
        }
    }

    @Test func anAnswerThatCannotBeCompletedIsCut() throws {
        try run { client in #expect(throws: TestClient.Cut.self) { try client.get("/cut") } }
    }
}
