import HTTPModel
import ObjectStore

/// One frame, decoded.
package enum Frame: Sendable, Equatable {
    /// A request begins; whatever of the last one was not read is void.
    case invocation(InvocationHead)
    /// The client went away: nobody waits for the answer, and no more of the body will come.
    case cancel
    /// An answer begins; the bytes are its whole body when that is `.inline`.
    case answer(AnswerHead, ArraySlice<UInt8>)
    /// The next piece of the answer's body is a range of an object.
    case object(ObjectKey, offset: Int, length: Int)
    /// The answer that began cannot be completed.
    case failed
    /// The answer to a request that may come next; between two answers.
    case ahead(AheadAnswer)
    /// The next piece of a body.
    case chunk(ArraySlice<UInt8>)
    /// The body is complete.
    case end

    /// - Throws: `malformed` when the payload does not fit the kind.
    package init(_ kind: FrameKind, payload: ArraySlice<UInt8>) throws(InvocationError) {
        switch kind {
        case .invocation: self = .invocation(try InvocationHead(payload: payload))
        case .cancel: self = .cancel
        case .answer:
            var reader = WireReader(payload)
            let head = try AnswerHead(head: reader.bytes(Int(reader.uint32())))
            guard head.body == .inline || reader.remainder.isEmpty else { throw .malformed("body beside the body") }
            self = .answer(head, reader.remainder)
        case .object:
            var reader = WireReader(payload)
            let (key, offset, length) = try reader.objectRange()
            self = .object(key, offset: offset, length: length)
            try reader.finish()
        case .failed: self = .failed
        case .ahead: self = .ahead(try AheadAnswer(payload: payload))
        case .chunk: self = .chunk(payload)
        case .end: self = .end
        }
    }

    /// The frame's bytes, header included.
    ///
    /// - Throws: `malformed` when the payload is over the kind's limit.
    package func bytes() throws(InvocationError) -> [UInt8] {
        switch self {
        case .invocation(let head): return try head.frame()
        case .ahead(let answer): return try answer.frame()
        case .answer(let head, let inline): return try head.frame(inline: inline)
        case .object(let key, let offset, let length):
            var writer = WireWriter(.object, capacity: 64)
            writer.put(key, offset: offset, length: length)
            return try writer.frame()
        case .chunk(let bytes):
            var writer = WireWriter(.chunk, capacity: bytes.count)
            writer.put(raw: bytes)
            return try writer.frame()
        case .cancel: return try WireWriter(.cancel, capacity: 0).frame()
        case .failed: return try WireWriter(.failed, capacity: 0).frame()
        case .end: return try WireWriter(.end, capacity: 0).frame()
        }
    }
}
