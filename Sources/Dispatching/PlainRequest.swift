import Glibc
import NIOCore
import NIOHTTP1

/// A request for something to read, as its bytes came: the whole head of one `GET` without a query, and nothing behind it.
///
/// Whether the bytes are HTTP is not looked at here: `isSame` says so after they were parsed once, and what is asked for by
/// the same bytes later, the path and the request's id aside, need not be parsed again.
struct PlainRequest {
    /// Who asks, from where, and in which form they want what: all that a request says beside its path and its id.
    struct Asker: Hashable {
        fileprivate let bytes: [UInt8]
        fileprivate let peer: String?

        func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
    }

    /// The longest that is said, in bytes: what is kept for one asker should not be more than what is kept.
    private static let longest = 4096
    /// Fields of requests with a body, or that end the connection.
    private static let excluded = ["Content-Length", "Transfer-Encoding", "Upgrade", "Expect"]
    private static let begin = Array("GET /".utf8)
    private static let end = Array("\r\n\r\n".utf8)
    private static let idField = Array("\r\nX-Request-Id: ".utf8)

    let path: String
    /// What the field `X-Request-Id` says.
    let requestID: String?
    let asker: Asker

    /// - Parameters:
    ///   - bytes: what was read from a connection on which a request may begin.
    ///   - peer: the socket's other address; `nil` for a Unix socket.
    /// - Returns: `nil` for anything but one such request.
    init?(_ bytes: ByteBuffer, from peer: String?) {
        let parts = bytes.withUnsafeReadableBytes { Self.parts(of: $0) }
        guard let parts else { return nil }
        (path, requestID, asker) = (parts.path, parts.id, Asker(bytes: parts.rest, peer: peer))
    }

    private static func parts(of bytes: UnsafeRawBufferPointer) -> (path: String, id: String?, rest: [UInt8])? {
        guard bytes.count <= longest, bytes.starts(with: begin), bytes.suffix(end.count).elementsEqual(end),
            let pathEnd = bytes[4...].firstIndex(of: UInt8(ascii: " ")),
            !bytes[4..<pathEnd].contains(UInt8(ascii: "?"))
        else { return nil }
        let path = String(decoding: bytes[4..<pathEnd], as: UTF8.self)
        let rest = UnsafeRawBufferPointer(rebasing: bytes[pathEnd...])
        guard let field = rest.offset(of: idField) else { return (path, nil, Array(rest)) }
        let value = rest[(field + idField.count)...].prefix { $0 != UInt8(ascii: "\r") }
        guard Proxy.isRequestID(value) else { return nil }
        return (
            path, String(decoding: value, as: UTF8.self), Array(rest[..<value.startIndex]) + rest[value.endIndex...]
        )
    }

    /// Whether a parser found just this in the bytes: the same path and id, every line a field, nothing left over; and
    /// nothing follows it but another request.
    func isSame(as head: HTTPRequestHead) -> Bool {
        head.method == .GET && head.version == .http1_1 && head.isKeepAlive && head.uri == path
            && head.headers.first(name: "X-Request-Id") == requestID
            && Self.excluded.allSatisfy { !head.headers.contains(name: $0) }
            && asker.bytes.withUnsafeBytes { Self.lines(in: $0) } == head.headers.count + 2
    }

    /// How many lines there are, the empty one at the end included; `nil` where one ends otherwise than in CR LF, or is empty
    /// before (RFC 9112 §2.2).
    private static func lines(in bytes: UnsafeRawBufferPointer) -> Int? {
        var count = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r") {
            if bytes[index] == UInt8(ascii: "\r") {
                guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") else { return nil }
            } else {
                guard index > 0, bytes[index - 1] == UInt8(ascii: "\r") else { return nil }
                count += 1
            }
        }
        return bytes.offset(of: end) == bytes.count - end.count ? count : nil
    }
}

extension UnsafeRawBufferPointer {
    /// Where the pattern is first found.
    fileprivate func offset(of pattern: [UInt8]) -> Int? {
        guard let base = baseAddress else { return nil }
        var start = 0
        while count - start >= pattern.count, let found = memchr(base + start, Int32(pattern[0]), count - start) {
            let offset = UnsafeRawPointer(found) - base
            if count - offset >= pattern.count, memcmp(found, pattern, pattern.count) == 0 { return offset }
            start = offset + 1
        }
        return nil
    }
}
