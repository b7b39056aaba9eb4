import HTTPModel
import ObjectStore

/// A worker's answer: status, header fields and what its body is.
package struct AnswerHead: Sendable, Equatable {
    /// Where the body comes from. Only after `pieces` further frames follow: chunks and objects, then `end` or `failed`.
    package enum Body: Sendable, Equatable {
        case none
        /// The answer to `HEAD`: the length that `GET` would send, `nil` when it is not known before.
        case omitted(length: Int?)
        /// The bytes stand in the same frame, behind the head.
        case inline
        /// One whole object, which the file server or the dispatcher sends.
        case object(ObjectKey, length: Int)
        case pieces(length: Int?)
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
        writer.putSized { writer in
            writer.put(UInt32(status.code))
            writer.put(headers)
            put(body, into: &writer)
        }
        writer.put(raw: inline)
        return try writer.frame()
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
}
