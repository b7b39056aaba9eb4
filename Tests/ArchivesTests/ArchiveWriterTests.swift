import Testing

@testable import Archives

@Suite struct ArchiveWriterTests {
    private struct Refused: Error, Equatable { let number: Int }

    private static func path(_ text: String) throws -> RelativePath { try #require(RelativePath(text)) }

    private static func archive(_ body: (ArchiveWriter) throws -> Void) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try ArchiveWriter.write(to: { bytes += $0 }, body)
        return bytes
    }

    private static func contents(_ bytes: [UInt8]) throws -> [String: [UInt8]] {
        let file = ArchiveInCode(bytes: bytes)
        let reader = try ArchiveReader(path: file.path, format: .zip)
        var found: [String: [UInt8]] = [:]
        while let entry = try reader.next() {
            #expect(entry.refusal == nil)
            var content: [UInt8] = []
            while let chunk = try reader.chunk() { content += chunk }
            #expect(entry.declaredLength == nil || entry.declaredLength == content.count)
            found[entry.name] = content
        }
        return found
    }

    private static let noise: [UInt8] = (0..<300_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }

    @Test(arguments: [ArchiveWriter.Compression.stored, .deflated])
    func whatIsWrittenIsRead(_ compression: ArchiveWriter.Compression) throws {
        let zeros = [UInt8](repeating: 0, count: 1_000_000)
        let entries: [(String, [UInt8])] = [
            ("DICOMDIR", Self.noise), ("Ünïcode 山田/I0000001", [1, 2, 3]), ("empty", []), ("zeros", zeros),
        ]
        let bytes = try Self.archive { writer in
            for (name, content) in entries {
                try writer.begin(Self.path(name), length: content.count, modified: 1_600_000_000, compression)
                for start in stride(from: 0, to: content.count, by: 70_001) {
                    try writer.write(content[start..<min(start + 70_001, content.count)])
                }
            }
        }
        #expect(try Self.contents(bytes) == Dictionary(uniqueKeysWithValues: entries))
        #expect((bytes.count > zeros.count) == (compression == .stored))
    }

    @Test func eachEntryHasItsOwnCompression() throws {
        let zeros = [UInt8](repeating: 0, count: 100_000)
        let bytes = try Self.archive { writer in
            for (name, compression) in [("a", ArchiveWriter.Compression.stored), ("b", .deflated), ("c", .stored)] {
                try writer.begin(Self.path(name), length: zeros.count, modified: 0, compression)
                try writer.write(zeros[...])
            }
        }
        #expect(try Self.contents(bytes) == ["a": zeros, "b": zeros, "c": zeros])
        #expect((200_000..<205_000).contains(bytes.count))
    }

    @Test func anArchiveWithoutEntriesIsOne() throws {
        let bytes = try Self.archive { _ in }
        #expect(bytes.count == 22)  // APPNOTE.TXT §4.3.16: the end of the central directory alone
    }

    @Test func moreEntriesThanZipCanCountMakeAZIP64() throws {
        let count = 66_000
        let bytes = try Self.archive { writer in
            for number in 0..<count {
                try writer.begin(Self.path("\(number)"), length: 0, modified: 0, .stored)
            }
        }
        #expect(bytes.suffix(42).starts(with: Array("PK\u{6}\u{7}".utf8)))  // the locator of §4.3.15
        #expect(try Self.contents(bytes).count == count)
    }

    @Test func piecesGoOutBeforeTheEnd() throws {
        var (sent, longest) = (0, 0)
        try ArchiveWriter.write(to: {
            sent += $0.count
            longest = max(longest, $0.count)
        }) { writer in
            try writer.begin(Self.path("a"), length: 100 * Self.noise.count, modified: 0, .stored)
            for number in 0..<100 {
                try writer.write(Self.noise[...])
                #expect(sent >= (number + 1) * Self.noise.count - 65_536)
            }
        }
        #expect(longest <= Self.noise.count)
    }

    @Test func whatTheOutputThrowsStopsIt() throws {
        for last in 0..<4 {
            var calls = 0
            #expect(throws: Refused(number: last)) {
                try ArchiveWriter.write(to: { _ in
                    calls += 1
                    if calls > last { throw Refused(number: last) }
                }) { writer in
                    try writer.begin(Self.path("a"), length: Self.noise.count, modified: 0, .stored)
                    try writer.write(Self.noise[..<200_000])
                    try writer.write(Self.noise[200_000...])
                }
            }
            #expect(calls == last + 1)
        }
    }

    @Test func whatTheBodyThrowsStopsIt() throws {
        var bytes: [UInt8] = []
        #expect(throws: Refused(number: 1)) {
            try ArchiveWriter.write(to: { bytes += $0 }) { writer in
                try writer.begin(Self.path("a"), length: Self.noise.count, modified: 0, .stored)
                try writer.write(Self.noise[...])
                throw Refused(number: 1)
            }
        }
        #expect(throws: ArchiveError.self) { try Self.contents(bytes) }
    }

    @Test func anEntryHasTheLengthThatWasSaid() throws {
        #expect(throws: ArchiveError.unwritable("an entry is longer than was said")) {
            try Self.archive { writer in
                try writer.begin(Self.path("a"), length: 2, modified: 0, .stored)
                try writer.write([1, 2, 3])
            }
        }
        for isFollowed in [false, true] {
            #expect(throws: ArchiveError.unwritable("an entry is shorter than was said")) {
                try Self.archive { writer in
                    try writer.begin(Self.path("a"), length: 2, modified: 0, .stored)
                    try writer.write([1])
                    if isFollowed { try writer.begin(Self.path("b"), length: 0, modified: 0, .stored) }
                }
            }
        }
    }
}
