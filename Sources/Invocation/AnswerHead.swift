import HTTPModel
import ObjectStore

/// A worker's answer: status, header fields and what its body is.
package struct AnswerHead: Sendable, Equatable {
    /// Where the body comes from. Only after `pieces` further frames follow: chunks and objects, then `end` or `failed`.
    package enum Body: Sendable, Equatable {
        /// The most segments, and literal bytes in them, that go with the head.
        package static let segmentLimit = 16, literalLimit = 2048

        case none
        /// The answer to `HEAD`: the length that `GET` would send, `nil` when it is not known before.
        case omitted(length: Int?)
        /// The bytes stand in the same frame, behind the head.
        case inline
        /// One whole object, which the file server or the dispatcher sends.
        case object(ObjectKey, length: Int)
        /// A few literal bytes and ranges of objects: a frame, for one, which the file server then sends.
        case segments([Segment])
        case pieces(length: Int?)

        /// - Returns: `segments`, or `nil` for more of them than go with the head.
        init?(_ segments: [Segment]) {
            guard segments.count <= Self.segmentLimit else { return nil }
            let literal = segments.reduce(0) { if case .bytes(let bytes) = $1 { $0 + bytes.count } else { $0 } }
            guard literal <= Self.literalLimit else { return nil }
            self = .segments(segments)
        }
    }

    package let status: Status
    package let headers: Headers
    package let body: Body

    package init(status: Status, headers: Headers, body: Body) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// - Parameter inline: the whole body when it is `.inline`.
    /// - Throws: `malformed` when head and body are over the limits of `FrameHeader`.
    package func frame(inline: some Collection<UInt8> = [UInt8]()) throws(InvocationError) -> [UInt8] {
        var writer = WireWriter(.answer, capacity: 512 + inline.count)
        writer.putSized { put(into: &$0) }
        writer.put(raw: inline)
        return try writer.frame()
    }

    func put(into writer: inout WireWriter) {
        writer.put(UInt32(status.code))
        writer.put(headers)
        put(body, into: &writer)
    }

    private func put(_ body: Body, into writer: inout WireWriter) {
        switch body {
        case .none: writer.put(0 as UInt8)
        case .omitted(let length): put(1, length, into: &writer)
        case .inline: writer.put(3 as UInt8)
        case .object(let key, let length):
            writer.put(4 as UInt8)
            writer.put(key.text)
            writer.put(length)
        case .pieces(let length): put(5, length, into: &writer)
        case .segments(let segments):
            writer.put(6 as UInt8)
            writer.put(UInt32(segments.count))
            for segment in segments { put(segment, into: &writer) }
        }
    }

    private func put(_ segment: Segment, into writer: inout WireWriter) {
        switch segment {
        case .bytes(let bytes):
            writer.put(0 as UInt8)
            writer.putSized { $0.put(raw: bytes) }
        case .object(let key, let offset, let length):
            writer.put(1 as UInt8)
            writer.put(key, offset: offset, length: length)
        }
    }

    /// Writes `code` and the length, or `code + 64` when there is none.
    private func put(_ code: UInt8, _ length: Int?, into writer: inout WireWriter) {
        writer.put(length == nil ? code + 64 : code)
        if let length { writer.put(length) }
    }

    /// - Parameter head: the sized part of the frame, without the inline body.
    /// - Throws: `malformed` for anything but one head.
    package init(head: ArraySlice<UInt8>) throws(InvocationError) {
        var reader = WireReader(head)
        let code = try reader.uint32()
        guard (200...599).contains(code) else { throw .malformed("status \(code)") }
        status = Status(Int(code))
        headers = try reader.headers()
        switch try reader.byte() {
        case 0: body = .none
        case 1: body = .omitted(length: try reader.count())
        case 1 + 64: body = .omitted(length: nil)
        case 3: body = .inline
        case 4: body = .object(try reader.objectKey(), length: try reader.count())
        case 5: body = .pieces(length: try reader.count())
        case 5 + 64: body = .pieces(length: nil)
        case 6:
            let count = Int(try reader.uint32())
            guard count <= Body.segmentLimit else { throw .malformed("\(count) segments") }
            var segments: [Segment] = []
            for _ in 0..<count { segments.append(try reader.segment()) }
            body = .segments(segments)
        default: throw .malformed("body")
        }
        try reader.finish()
    }
}

extension WireReader {
    /// - Throws: `malformed` for a text that is no key.
    package mutating func objectKey() throws(InvocationError) -> ObjectKey {
        guard let key = ObjectKey(try text()) else { throw .malformed("object key") }
        return key
    }

    /// - Throws: `malformed` also for a range whose end is no number.
    package mutating func segment() throws(InvocationError) -> Segment {
        switch try byte() {
        case 0: return .bytes([UInt8](try bytes(Int(try uint32()))))
        case 1:
            let (key, offset, length) = try objectRange()
            return .object(key, offset: offset, length: length)
        default: throw .malformed("segment")
        }
    }

    /// - Throws: `malformed` also for a range whose end is no number.
    package mutating func objectRange() throws(InvocationError) -> (ObjectKey, offset: Int, length: Int) {
        let (key, offset, length) = (try objectKey(), try count(), try count())
        guard !offset.addingReportingOverflow(length).overflow else { throw .malformed("range") }
        return (key, offset, length)
    }
}

extension WireWriter {
    package mutating func put(_ key: ObjectKey, offset: Int, length: Int) {
        put(key.text)
        put(offset)
        put(length)
    }
}
