import CPOSIX
import Glibc
import Testing

@testable import Invocation

@Suite struct FrameSocketTests {
    /// Runs `body` with both ends of a socket pair.
    private func withPair(_ body: (Int32, Int32) throws -> Void) throws {
        var ends: [Int32] = [0, 0]
        try #require(cposix_socketpair_cloexec(&ends) == 0)
        defer { ends.forEach { close($0) } }
        try body(ends[0], ends[1])
    }

    @Test func framesThatArriveInPiecesAndTogetherAreReadOneByOne() throws {
        try withPair { near, far in
            let frames: [Frame] = [.invocation(FrameTests.head), .chunk([1, 2, 3]), .chunk([]), .end, .cancel]
            let bytes = try frames.flatMap { try $0.bytes() }
            for byte in bytes.prefix(40) { try FrameSocket(descriptor: near).send([byte]) }
            try FrameSocket(descriptor: near).send(Array(bytes.dropFirst(40)))
            let reader = FrameSocket(descriptor: far)
            for frame in frames { #expect(try reader.next() == frame) }
        }
    }

    @Test func aClosedSocketEndsBetweenFramesAndThrowsInsideOne() throws {
        try withPair { near, far in
            let reader = FrameSocket(descriptor: far)
            try FrameSocket(descriptor: near).send([FrameKind.end.rawValue, 0, 0, 0, 0, FrameKind.chunk.rawValue, 0])
            shutdown(near, Int32(SHUT_WR))
            #expect(try reader.next() == .end)
            #expect(throws: InvocationError.peerGone) { try reader.next() }
        }
        try withPair { near, far in
            shutdown(near, Int32(SHUT_WR))
            let frame = try FrameSocket(descriptor: far).next()
            #expect(frame == nil)
        }
    }

    @Test func aCancelIsSeenWithoutWaiting() throws {
        try withPair { near, far in
            let reader = FrameSocket(descriptor: far)
            let before = try reader.isCancelled()
            try FrameSocket(descriptor: near).send(try Frame.cancel.bytes())
            let after = try reader.isCancelled()
            #expect((before, after) == (false, true))
            let frame = try reader.next()
            #expect(frame == .cancel)
        }
    }

    @Test func sendingToAClosedSocketThrowsAndDoesNotKill() throws {
        try withPair { near, far in
            shutdown(far, Int32(SHUT_RDWR))
            #expect(throws: InvocationError.peerGone) {
                try FrameSocket(descriptor: near).send([UInt8](repeating: 0, count: 1 << 20))
            }
        }
    }
}
