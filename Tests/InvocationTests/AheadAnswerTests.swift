import HTTPModel
import ObjectStore
import Testing

@testable import Invocation

@Suite struct AheadAnswerTests {
    private let standing = AheadAnswer.Standing(writes: 3, end: 4)

    private func answer(_ response: Response) -> AheadAnswer? {
        AheadAnswer(path: "/a", standing: standing, response: response)
    }

    @Test func onlyWhatIsMadeOfTheStoreIsGivenAhead() throws {
        let key = try #require(ObjectKey("originals/20261123/20/a.dcm"))
        #expect(answer(Response(body: .object(key, length: 9)))?.head.body == .object(key, length: 9))
        let segments: [Segment] = [.bytes([1]), .object(key, offset: 1, length: 2)]
        #expect(answer(Response(body: .segments(segments)))?.head.body == .segments(segments))
        #expect(answer(Response(body: .bytes([1]))) == nil)
        #expect(answer(Response(body: .stream { _ in })) == nil)
        #expect(answer(Response(body: .segments([.bytes([UInt8](repeating: 0, count: 1 << 20))]))) == nil)
        #expect(answer(Response(status: 304, body: .object(key, length: 9))) == nil)
    }

    @Test func itsLabelIsReadAlone() throws {
        let key = try #require(ObjectKey("originals/20261123/20/a.dcm"))
        let frame = try #require(answer(Response(body: .object(key, length: 9)))).frame()
        let (path, read) = try AheadAnswer.label(of: frame[FrameHeader.size...])
        #expect(path == "/a" && read == standing)
    }
}
