import HTTPModel
import ObjectStore
import Testing

@testable import Invocation

@Suite struct FrameTests {
    static let head = InvocationHead(
        requestID: "r1", function: "RetrieveFrames", method: .get, path: "/dicomweb/studies/1.2", query: "a=b&c=%20",
        remoteAddress: "127.0.0.1", headers: ["Accept": "*/*", "X-Note": "é"], parameters: ["study": "1.2"],
        body: .declared(70_000), takesAhead: true)

    static var frames: [Frame] {
        get throws {
            let key = try #require(ObjectKey("originals/20261123/20/a.dcm"))
            let standing = AheadAnswer.Standing(writes: 7, end: 1 << 50)
            let next = Response(headers: ["ETag": "\"1\""], body: .segments([.object(key, offset: 7, length: 9)]))
            return [
                .ahead(try #require(AheadAnswer(path: "/a", standing: standing, response: next))), .invocation(head),
                .cancel, .failed, .end, .chunk([1, 2, 3]), .object(key, offset: 7, length: 1 << 40),
                .answer(AnswerHead(status: 200, headers: ["ETag": "\"1\""], body: .inline), [4, 5]),
                .answer(AnswerHead(status: 204, headers: [:], body: .none), []),
                .answer(AnswerHead(status: 200, headers: [:], body: .omitted(length: nil)), []),
                .answer(AnswerHead(status: 200, headers: [:], body: .omitted(length: 9)), []),
                .answer(AnswerHead(status: 200, headers: [:], body: .object(key, length: 9)), []),
                .answer(AnswerHead(status: 200, headers: [:], body: .pieces(length: 9)), []),
                .answer(AnswerHead(status: 200, headers: [:], body: .pieces(length: nil)), []),
                .answer(AnswerHead(status: 200, headers: [:], body: .segments([])), []),
                .answer(
                    AnswerHead(
                        status: 200, headers: [:],
                        body: .segments([.bytes([]), .object(key, offset: 7, length: 9), .bytes([1, 2])])), []),
            ]
        }
    }

    @Test func everyFrameIsReadAsItWasWritten() throws {
        for frame in try Self.frames {
            let bytes = try frame.bytes()
            let header = try #require(try FrameHeader(bytes[...]))
            #expect(header.length == bytes.count - FrameHeader.size)
            #expect(try Frame(header.kind, payload: bytes[FrameHeader.size...]) == frame)
        }
    }

    @Test func everyTruncatedPayloadThrows() throws {
        for frame in try Self.frames {
            let bytes = try frame.bytes()
            guard let header = try FrameHeader(bytes[...]), header.kind != .chunk else { continue }
            // An inline body has no length of its own: the frame's length is its length.
            let inlineBytes = if case .answer(_, let inline) = frame { inline.count } else { 0 }
            for count in 0..<max(0, header.length - inlineBytes) {
                #expect(throws: InvocationError.self) {
                    try Frame(header.kind, payload: bytes[FrameHeader.size..<(FrameHeader.size + count)])
                }
            }
        }
    }

    @Test func aHeaderThatIsCutIsNotYetAHeader() throws {
        #expect(try FrameHeader([32, 0, 0, 0]) == nil)
    }

    @Test(
        arguments: [
            [0, 0, 0, 0, 0], [255, 0, 0, 0, 0], [32, 255, 255, 255, 255], [33, 0, 0, 0, 1], [1, 0, 4, 0, 1],
        ] as [[UInt8]])
    func aHeaderOfAnUnknownKindOrAHostileLengthThrows(bytes: [UInt8]) {
        #expect(throws: InvocationError.self) { try FrameHeader(bytes[...]) }
    }

    @Test func aHostileCountOrLengthInsideAHeadThrows() throws {
        var bytes = Array(
            try InvocationHead(
                requestID: "", function: "", method: .get, path: "", query: "", remoteAddress: "", headers: [:],
                parameters: [:], body: .none
            ).frame().dropFirst(FrameHeader.size))
        for index in bytes.indices {
            let kept = bytes[index]
            bytes[index] = 0xFF
            #expect(throws: InvocationError.self) { try InvocationHead(payload: bytes[...]) }
            bytes[index] = kept
        }
    }

    @Test func aHeadOverItsLimitIsNotSent() {
        let head = AnswerHead(status: 200, headers: ["X": String(repeating: "a", count: 1 << 20)], body: .none)
        #expect(throws: InvocationError.self) { try head.frame() }
    }
}
