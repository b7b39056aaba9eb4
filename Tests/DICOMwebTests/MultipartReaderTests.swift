import HTTPModel
import Testing

@testable import DICOMweb

@Suite struct MultipartReaderTests {
    struct Part: Equatable {
        var type: String?
        var content: [UInt8] = []
        var isWhole = false
    }

    /// - Parameter step: the size of the chunks that the reader is fed with.
    static func parts(_ text: String, boundary: String? = "b", step: Int = 1 << 16) throws -> [Part] {
        var reader = try MultipartReader(boundary: boundary)
        var parts: [Part] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: step) {
            try reader.read(Array(bytes[start..<min(start + step, bytes.count)])) { event in
                switch event {
                case .partBegan(let headers): parts.append(Part(type: headers["content-type"]))
                case .content(let bytes): parts[parts.count - 1].content += bytes
                case .partEnded: parts[parts.count - 1].isWhole = true
                }
            }
        }
        try reader.finish()
        return parts
    }

    static let two =
        "preamble\r\n--b\r\nContent-Type: application/dicom\r\nX: folded\r\n value\r\n\r\none\r\n-\r\n--\r\r\n--b  \r\n"
        + "content-type:x\r\n\r\n\r\n--b--\r\nepilogue\r\n--b\r\n"

    @Test(arguments: [1, 2, 3, 5, 7, 11, 64, 1 << 16])
    func chunksMayEndAnywhere(step: Int) throws {
        #expect(
            try Self.parts(Self.two, step: step) == [
                Part(type: "application/dicom", content: Array("one\r\n-\r\n--\r".utf8), isWhole: true),
                Part(type: "x", content: [], isWhole: true),
            ])
    }

    @Test(arguments: [
        ("--b\r\n\r\nx\r\n--b--", "x"), ("\r\n--b\r\n\r\nx\r\n--b--", "x"), ("--b\r\n\r\n\r\n--b--", ""),
        ("--b\r\n\r\n--b--", ""), ("--b\r\nA: b\r\n\r\n--b--", ""),
    ])
    func aPartMayHaveNoHeadersAndNoContent(text: String, content: String) throws {
        #expect(try Self.parts(text, step: 1).map(\.content) == [Array(content.utf8)])
    }

    @Test(arguments: [
        ("--b\n\nx\n--b--", MultipartError.delimiter), ("", .noDelimiter), ("nothing", .noDelimiter),
        ("--b\r\n\r\nx", .truncated), ("--b\r\n\r\nx\r\n--b", .truncated), ("--b\r\nA: b\r\n", .truncated),
        ("--b\r\n\r\nx\r\n--bc\r\n", .delimiter), ("--b x\r\n", .delimiter),
        ("--b\r\nno field\r\n\r\nx\r\n--b--", .headers(part: 1)),
        ("--b\r\nA: b\u{1}\r\n\r\nx\r\n--b--", .headers(part: 1)),
        ("--b\r\nA: b\nC: d\r\n\r\nx\r\n--b--", .headers(part: 1)),
    ])
    func aMalformedBodyIsRefused(text: String, error: MultipartError) {
        for step in [1, 1 << 16] { #expect(throws: error) { try Self.parts(text, step: step) } }
    }

    @Test func everyTruncationIsRefused() {
        let whole = Self.two.prefix { _ in true }
        let end = "\r\nepilogue\r\n--b\r\n".utf8.count
        for count in 0..<(whole.utf8.count - end) {
            #expect(throws: MultipartError.self) {
                try Self.parts(String(decoding: whole.utf8.prefix(count), as: UTF8.self))
            }
        }
    }

    @Test func aHeaderBlockHasALimit() {
        let text = "--b\r\nA: " + String(repeating: "x", count: MultipartReader.longestHeaderBlock) + "\r\n\r\n"
        #expect(throws: MultipartError.headers(part: 1)) { try Self.parts(text, step: 999) }
    }

    @Test func partsHaveALimit() {
        let text = String(repeating: "--b\r\n\r\n\r\n", count: MultipartReader.mostParts + 1) + "--b--"
        #expect(throws: MultipartError.tooManyParts(MultipartReader.mostParts)) { try Self.parts(text) }
    }

    @Test(arguments: [nil, "", String(repeating: "b", count: 71), "a\u{e9}", "a\r\nb", "a;b", "a "])
    func aBoundaryIsOneToSeventyOfTheAllowedCharacters(boundary: String?) {
        #expect(throws: MultipartError.boundary) { try MultipartReader(boundary: boundary) }
    }

    @Test func contentIsReportedAsItComes() throws {
        var reader = try MultipartReader(boundary: "b")
        var seen = 0
        try reader.read(Array("--b\r\n\r\n".utf8)) { _ in }
        for _ in 0..<100 {
            try reader.read([UInt8](repeating: 0x0D, count: 1 << 16)) { event in
                if case .content(let bytes) = event { seen += bytes.count }
            }
        }
        #expect(seen > 100 << 16 - 16)
    }
}
