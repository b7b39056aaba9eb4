import HTTPModel
import Invocation
import NIOCore
import NIOHTTP1
import ObjectStore

/// How one answer goes out: its final head, and what of the store is its body.
struct AnswerPlan {
    /// What of a request its answer's form depends on.
    struct Asked {
        let version: HTTPVersion
        let isHead: Bool
        let range: [String]
        let rangeCondition: String?

        /// All of it, by HTTP/1.1.
        static let plainly = Asked(version: .http1_1, isHead: false, range: [], rangeCondition: nil)
    }

    private(set) var status: HTTPResponseStatus
    private(set) var headers = HTTPHeaders()
    /// What the body is made of, where that came with the head and nginx does not send it.
    private(set) var segments: [Segment] = []
    /// The part to send of the body; `nil` for all of it.
    private(set) var part: Range<Int>?
    /// Whether a body follows, literal, in pieces or as a file.
    private(set) var hasBody: Bool
    /// Whether only the end of the connection ends the body.
    private(set) var endsWithConnection = false

    /// Fields that describe one connection or the body's framing; never a function's to say.
    private static let ours = [
        "connection", "content-length", "date", "keep-alive", "transfer-encoding", "upgrade", "x-accel-redirect",
    ]

    /// - Parameters:
    ///   - accel: where nginx finds the store; `nil` to send files from here.
    ///   - inlineLength: the length of the body that came with the head.
    ///   - queued: how long the request waited for a worker.
    init(
        _ answer: AnswerHead, _ asked: Asked, accel: AccelRedirect?, inlineLength: Int = 0, queued: TimeAmount?
    ) {
        status = HTTPResponseStatus(statusCode: answer.status.code)
        hasBody = !asked.isHead
        headers.reserveCapacity(answer.headers.fields.count + 3)
        for field in answer.headers.fields where Self.isSendable(field) {
            headers.add(name: field.name, value: Self.value(field, queued))
        }
        guard answer.status.code != 204, answer.status.code != 304 else {
            hasBody = false
            return
        }
        switch answer.body {
        case .none: setLength(0)
        case .inline: frame(inlineLength, asked)
        case .omitted(let length):
            if let length { setLength(length) }
            hasBody = false
        case .pieces(let length): frame(length, asked)
        case .object(let key, let length):
            if let accel {
                redirect(to: accel.address(of: key))
                return
            }
            headers.replaceOrAdd(name: "Accept-Ranges", value: "bytes")
            segments = [.object(key, offset: 0, length: length)]
            frame(length, asked)
        case .segments(let few):
            // Parts of these parts are cut here.
            let isWhole = asked.range.isEmpty || !headers.contains(name: "Accept-Ranges")
            if isWhole, let address = accel?.address(of: few) {
                redirect(to: address)
                return
            }
            segments = few
            frame(few.reduce(0) { $0 &+ $1.length }, asked)
        }
    }

    private mutating func redirect(to address: String) {
        headers.add(name: "X-Accel-Redirect", value: address)
        setLength(0)
        hasBody = false
    }

    /// What a function says about its time, with what it cannot know.
    private static func value(_ field: Headers.Field, _ queued: TimeAmount?) -> String {
        guard let queued, field.name.equalsIgnoringASCIICase("Server-Timing") else { return field.value }
        return field.value + ", " + ServerTiming.entry("queue", microseconds: Int(queued.nanoseconds / 1000))
    }

    private mutating func frame(_ length: Int?, _ asked: Asked) {
        if let length {
            // Only the function knows whether parts of what it made are of use.
            part = headers["Accept-Ranges"] == ["bytes"] ? range(of: length, asked) : nil
            if part == nil, status != .rangeNotSatisfiable { setLength(length) }
        } else if asked.version.minor >= 1 {
            headers.add(name: "Transfer-Encoding", value: "chunked")
        } else {
            endsWithConnection = true
        }
    }

    /// Decides on a range (RFC 9110 §14.2: of a GET's plain success alone) and makes the head say so.
    ///
    /// - Returns: the part to send; `nil` for all of it, or nothing of it when the status is 416 now.
    private mutating func range(of length: Int, _ asked: Asked) -> Range<Int>? {
        guard status == .ok, !asked.isHead else { return nil }
        let range = ByteRange(
            asked.range, condition: asked.rangeCondition, entityTag: headers.first(name: "ETag"), length: length)
        switch range {
        case .whole: return nil
        case .part(let part):
            status = .partialContent
            headers.add(name: "Content-Range", value: "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(length)")
            setLength(part.count)
            return part
        case .unsatisfiable:
            status = .rangeNotSatisfiable
            headers.add(name: "Content-Range", value: "bytes */\(length)")
            hasBody = false
            setLength(0)
            return nil
        }
    }

    /// The status line and the fields as they are sent (RFC 9112 §4, §5); the empty line may follow.
    var text: ByteBuffer {
        var text = ByteBuffer()
        text.writeString("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n")
        for (name, value) in headers {
            text.writeString(name)
            text.writeStaticString(": ")
            text.writeString(value)
            text.writeStaticString("\r\n")
        }
        return text
    }

    private mutating func setLength(_ length: Int) { headers.add(name: "Content-Length", value: String(length)) }

    /// A field with a line break or NUL in it could begin a field or an answer of its own, so it is left out.
    private static func isSendable(_ field: Headers.Field) -> Bool {
        !ours.contains { field.name.equalsIgnoringASCIICase($0) }
            && field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
            && !field.name.isEmpty && field.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
    }
}
