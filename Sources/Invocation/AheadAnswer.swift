import HTTPModel
import ObjectStore

/// The answer to a request that has not come: a worker gives it to the dispatcher behind the one that was asked for.
///
/// It is for requests that differ from that one in nothing but the path, and holds as long as what was read for it is true.
package struct AheadAnswer: Sendable, Equatable {
    /// Until when something that was read is true.
    package struct Standing: Sendable, Equatable {
        /// What the `WriteCounter` said before it was read.
        package let writes: UInt64
        /// In nanoseconds of the machine's monotonic clock.
        package let end: UInt64

        package init(writes: UInt64, end: UInt64) {
            self.writes = writes
            self.end = end
        }
    }

    /// The longest `asker`, in bytes: what is kept for one should not be more than what is kept.
    private static let longestAsker = 4096

    /// What a request says beside its path: who asks, and in which form they want what. A worker remembers by it what it
    /// gave; the dispatcher, which decides who is given it, goes by the request's bytes.
    ///
    /// - Returns: `nil` for who says too much.
    package static func asker(_ fields: some Sequence<(String, String)>) -> [UInt8]? {
        var text: [UInt8] = []
        text.reserveCapacity(1024)
        for (name, value) in fields where !name.equalsIgnoringASCIICase("X-Request-Id") {
            text += name.utf8
            text.append(UInt8(ascii: ":"))
            text += value.utf8
            text.append(UInt8(ascii: "\n"))
            if text.count > longestAsker { return nil }
        }
        return text
    }

    /// Raw, without a query.
    package let path: String
    package let standing: Standing
    /// Without `X-Request-Id`, which is the coming request's own.
    package let head: AnswerHead

    /// - Returns: `nil` for an answer that is not made of the store's bytes alone, with few literal ones around them.
    package init?(path: String, standing: Standing, response: Response) {
        let body: AnswerHead.Body
        switch response.body {
        case .object(let key, let length): body = .object(key, length: length)
        case .segments(let segments):
            guard let few = AnswerHead.Body(segments) else { return nil }
            body = few
        case .empty, .bytes, .stream: return nil
        }
        guard response.status == 200 else { return nil }
        self.path = path
        self.standing = standing
        head = AnswerHead(status: response.status, headers: response.headers, body: body)
    }

    package func frame() throws(InvocationError) -> [UInt8] {
        var writer = WireWriter(.ahead, capacity: 1024)
        writer.put(path)
        writer.put(standing.writes)
        writer.put(standing.end)
        head.put(into: &writer)
        return try writer.frame()
    }

    /// - Throws: `malformed` for anything but one of them.
    package init(payload: ArraySlice<UInt8>) throws(InvocationError) {
        var reader = WireReader(payload)
        (path, standing) = try Self.label(&reader)
        head = try AnswerHead(head: reader.remainder)
    }

    /// What a table of them is made of; the rest is read when it is asked for.
    package static func label(of payload: ArraySlice<UInt8>) throws(InvocationError) -> (path: String, Standing) {
        var reader = WireReader(payload)
        return try label(&reader)
    }

    private static func label(_ reader: inout WireReader) throws(InvocationError) -> (String, Standing) {
        let path = try reader.text()
        return (path, Standing(writes: try reader.uint64(), end: try reader.uint64()))
    }
}
