import HTTPModel
import Invocation
import NIOHTTP1

/// What a request's head must satisfy before anything is done for it (RFC 9112 §3, §6).
enum RequestRules {
    /// - Returns: how much body follows.
    /// - Throws: 400, 414, 501 or 505. The connection is of no more use then: where the next request begins is unsure.
    static func check(_ head: HTTPRequestHead, _ limits: Limits) throws(HTTPError) -> InvocationHead.Body {
        guard head.version.major == 1 else { throw HTTPError(505, "header.version", "Only HTTP/1 is spoken here.") }
        guard head.uri.utf8.count <= limits.requestTarget else {
            throw HTTPError(
                414, "target.tooLong", "The address is longer than \(limits.requestTarget) bytes.",
                details: ["limit": "\(limits.requestTarget)"])
        }
        guard head.uri.utf8.first == UInt8(ascii: "/"), head.uri.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw .badRequest("header.target", "The request's target must be a path.")
        }
        let hosts = head.headers["Host"].count
        guard hosts == 1 || hosts == 0 && head.version.minor == 0 else {
            throw .badRequest("header.host", "A request names its host exactly once.")
        }
        return try body(of: head)
    }

    private static func body(of head: HTTPRequestHead) throws(HTTPError) -> InvocationHead.Body {
        let lengths = head.headers["Content-Length"]
        let codings = head.headers["Transfer-Encoding"]
        guard codings.isEmpty else {
            // Both together are how requests are smuggled past a proxy (RFC 9112 §6.3).
            guard lengths.isEmpty, head.version.minor >= 1 else {
                throw .badRequest("header.framing", "Content-Length and Transfer-Encoding exclude each other.")
            }
            guard codings.count == 1, codings[0].equalsIgnoringASCIICase("chunked") else {
                throw HTTPError(501, "header.transferCoding", "The only known transfer coding is chunked.")
            }
            return .unknown
        }
        guard lengths.count <= 1 else {
            throw .badRequest("header.lengths", "Content-Length is given more than once.")
        }
        guard let text = lengths.first else { return .none }
        let longest = 18
        guard !text.isEmpty, text.utf8.count <= longest, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(text)
        else { throw .badRequest("header.length", "Content-Length is no number of bytes.") }
        return length == 0 ? .none : .declared(length)
    }
}
