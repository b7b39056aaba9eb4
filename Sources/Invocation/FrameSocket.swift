import Glibc

/// A worker's end of its socket: blocking, one thread.
///
/// A class, as it owns the descriptor's input buffer. It does not close the descriptor, which is the process's own.
package final class FrameSocket {
    private static let readSize = 1 << 16
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// What of `buffer` is not read yet.
    private var unread = 0..<0

    package init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next frame, or `nil` when the other side closed between two frames.
    ///
    /// - Throws: `malformed`; `peerGone` in the middle of a frame; `system`.
    package func next() throws(InvocationError) -> Frame? {
        while true {
            if let frame = try buffered() { return frame }
            guard try fill(flags: 0) else {
                guard unread.isEmpty else { throw .peerGone }
                return nil
            }
        }
    }

    /// Whether a `cancel` is the next frame; does not wait, and leaves other frames where they are.
    ///
    /// - Throws: `peerGone` when the other side closed; `system`.
    package func isCancelled() throws(InvocationError) -> Bool {
        if unread.isEmpty, try !fill(flags: Int32(MSG_DONTWAIT)) { throw .peerGone }
        return try FrameHeader(buffer[unread])?.kind == .cancel
    }

    /// Sends all bytes.
    ///
    /// - Throws: `peerGone`, `system`.
    package func send(_ bytes: [UInt8]) throws(InvocationError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent >= 0 { rest = rest.dropFirst(sent) } else { try Self.check(errno, "send") }
        }
    }

    private func buffered() throws(InvocationError) -> Frame? {
        guard let header = try FrameHeader(buffer[unread]) else { return nil }
        let end = unread.lowerBound + FrameHeader.size + header.length
        guard end <= unread.upperBound else { return nil }
        let frame = try Frame(header.kind, payload: buffer[(unread.lowerBound + FrameHeader.size)..<end])
        unread = end..<unread.upperBound
        return frame
    }

    /// Reads what is there, at least one byte unless told not to wait.
    ///
    /// - Returns: `false` at the end of input.
    private func fill(flags: Int32) throws(InvocationError) -> Bool {
        makeRoom()
        while true {
            let start = unread.upperBound
            let count = buffer.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress?.advanced(by: start), $0.count - start, flags)
            }
            if count > 0 {
                unread = unread.lowerBound..<(start + count)
                return true
            }
            if count == 0 { return false }
            if errno == EAGAIN, flags != 0 { return true }
            try Self.check(errno, "recv")
        }
    }

    /// Moves what is unread to the front of a buffer with room for more.
    ///
    /// The payload of a frame that was handed out keeps the old buffer, so a new one is made while it lives.
    private func makeRoom() {
        let kept = buffer[unread]
        let capacity = kept.count + Self.readSize
        if kept.isEmpty, buffer.count == capacity {
            unread = 0..<0
            return
        }
        buffer = [UInt8](unsafeUninitializedCapacity: capacity) { room, count in
            room.initialize(repeating: 0)
            _ = room.update(fromContentsOf: kept)
            count = capacity
        }
        unread = 0..<kept.count
    }

    /// Lets an interrupted call be made again.
    private static func check(_ code: Int32, _ call: String) throws(InvocationError) {
        switch code {
        case EINTR: return
        case EPIPE, ECONNRESET: throw .peerGone
        default: throw .system(call: call, code: code)
        }
    }
}
