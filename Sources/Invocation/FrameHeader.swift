/// What a frame carries. The first group goes to the worker, the second comes back; `chunk` and `end` go both ways.
package enum FrameKind: UInt8, Sendable, CaseIterable {
    case invocation = 1
    case cancel = 2

    case answer = 16
    case object = 17
    case failed = 18
    case ahead = 19

    case chunk = 32
    case end = 33

    /// The largest payload of such a frame, in bytes.
    package var payloadLimit: Int {
        switch self {
        case .invocation, .ahead: FrameHeader.headLimit
        case .answer: FrameHeader.headLimit + FrameHeader.chunkLimit
        case .chunk: FrameHeader.chunkLimit
        case .object: 256  // a key of at most 200 bytes and two numbers
        case .cancel, .failed, .end: 0
        }
    }
}

/// The five bytes before each payload: kind, then the payload's length, big endian.
package struct FrameHeader: Sendable, Equatable {
    package static let size = 5
    /// The largest head of a request or an answer, in bytes; the listener's own limits are far below.
    package static let headLimit = 1 << 18
    /// The largest piece of a body in one frame, in bytes.
    package static let chunkLimit = 1 << 18

    package let kind: FrameKind
    /// The number of bytes that follow.
    package let length: Int

    /// - Throws: `malformed` for an unknown kind or a length over the kind's limit.
    package init(kind: UInt8, length: UInt32) throws(InvocationError) {
        guard let kind = FrameKind(rawValue: kind) else { throw .malformed("kind \(kind)") }
        guard length <= kind.payloadLimit else { throw .malformed("\(length) bytes of \(kind)") }
        self.kind = kind
        self.length = Int(length)
    }

    /// - Returns: `nil` when fewer than five bytes are there.
    /// - Throws: as `init(kind:length:)`.
    package init?(_ bytes: ArraySlice<UInt8>) throws(InvocationError) {
        guard bytes.count >= Self.size else { return nil }
        let at = bytes.startIndex
        let length = bytes[(at + 1)..<(at + Self.size)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        try self.init(kind: bytes[at], length: length)
    }
}
