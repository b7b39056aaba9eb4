import Glibc

/// The front door as a program sees it: HTTP/1.1 (RFC 9112), a connection for each request.
package struct WebClient: Sendable {
    package struct Answer: Sendable, Equatable {
        package let status: Int
        /// Lower-case names.
        package let headers: [String: String]
        package let body: [UInt8]
    }

    /// No answer of the self-test is longer, in bytes.
    private static let longestAnswer = 16 << 20

    /// `host:port` of nginx.
    private let place: String
    /// Sent as Bearer; nil for a stranger.
    private let token: String?

    package init(place: String, token: String? = nil) { (self.place, self.token) = (place, token) }

    /// - Parameter target: path and query.
    /// - Throws: `SelfTestFailure` when there is no whole answer.
    package func send(
        _ method: String = "GET", _ target: String, accept: String = "*/*", type: String? = nil,
        headers: [String: String] = [:], body: [UInt8] = [], seconds: Int = 10
    ) throws(SelfTestFailure) -> Answer {
        let socket = try ClientSocket(place, seconds: seconds)
        var head = "\(method) \(target) HTTP/1.1\r\nHost: \(place)\r\nConnection: close\r\nAccept: \(accept)\r\n"
        if let token { head += "Authorization: Bearer \(token)\r\n" }
        if let type { head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        try socket.write(Array("\(head)\r\n".utf8) + body)
        var received: [UInt8] = []
        while received.count <= Self.longestAnswer {
            let more = try socket.read()
            guard !more.isEmpty else { return try Self.answer(received, hasBody: method != "HEAD") }
            received += more
        }
        throw SelfTestFailure("the answer is longer than expected")
    }

    /// Reads an answer that was received to its end.
    static func answer(_ bytes: [UInt8], hasBody: Bool = true) throws(SelfTestFailure) -> Answer {
        guard let end = position(of: [13, 10, 13, 10], in: bytes[...]) else {
            throw SelfTestFailure("the answer was cut")
        }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw SelfTestFailure("what answers does not speak HTTP")
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].drop { $0 == " " }.description
        }
        let rest = bytes[(end + 4)...]
        let isChunked = headers["transfer-encoding"]?.lowercased() == "chunked"
        let body = isChunked ? try unchunked(rest) : Array(rest)
        if hasBody, let length = headers["content-length"].flatMap(Int.init), length != body.count {
            throw SelfTestFailure("\(body.count) of \(length) bytes came")
        }
        return Answer(status: status, headers: headers, body: body)
    }

    /// RFC 9112 §7.1.
    private static func unchunked(_ bytes: ArraySlice<UInt8>) throws(SelfTestFailure) -> [UInt8] {
        var rest = bytes
        var body: [UInt8] = []
        while let end = position(of: [13, 10], in: rest) {
            let digits = String(decoding: rest[rest.startIndex..<end].prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
            guard let length = Int(digits, radix: 16), length >= 0, length <= rest.endIndex - end - 2 else { break }
            if length == 0 { return body }
            body += rest[(end + 2)..<(end + 2 + length)]
            rest = rest[(end + 2 + length)...].dropFirst(2)
        }
        throw SelfTestFailure("the answer was cut")
    }

    private static func position(of mark: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= mark.count else { return nil }
        return (bytes.startIndex...(bytes.endIndex - mark.count)).first {
            bytes[$0..<($0 + mark.count)].elementsEqual(mark)
        }
    }
}
