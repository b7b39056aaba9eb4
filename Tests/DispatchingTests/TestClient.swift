import Glibc
import Testing

/// A plain HTTP/1.1 client that says exactly what it is told.
final class TestClient {
    struct Answer {
        var status = 0
        var fields: [(name: String, value: String)] = []
        var body: [UInt8] = []

        func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name.lowercased() }?.value }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// The connection ended before the answer did.
    struct Cut: Error {}

    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// - Parameter window: how many bytes it takes before it reads; as the system likes unless told.
    init(port: Int, window: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var window { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &window, socklen_t(MemoryLayout<Int32>.size)) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(result == 0)
        setTimeout(SO_RCVTIMEO, milliseconds: 30_000)
    }

    deinit { close(descriptor) }

    func setTimeout(_ option: Int32, milliseconds: Int) {
        var time = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
        setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    func get(_ path: String, method: String = "GET", fields: String = "") throws -> Answer {
        send("\(method) \(path) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n")
        return try answer(omitsBody: method == "HEAD")
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// - Returns: how many bytes were taken before the time-out.
    @discardableResult func send(_ bytes: [UInt8]) -> Int {
        var done = 0
        while done < bytes.count {
            let sent = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return done }
            done += sent
        }
        return done
    }

    /// - Throws: `Cut`.
    func answer(omitsBody: Bool = false) throws -> Answer {
        var answer = Answer()
        let lines = try head()
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Cut()
        }
        answer.status = status
        answer.fields = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (String(line[..<colon]), line[colon...].dropFirst().drop { $0 == " " }.description)
        }
        if omitsBody || answer.status == 304 || answer.status == 204 || answer.status < 200 { return answer }
        if let length = answer.field("Content-Length").flatMap({ Int($0) }) {
            answer.body = try take(length)
        } else if answer.field("Transfer-Encoding") == "chunked" {
            while let size = Int(try line(), radix: 16) {
                answer.body += try take(size)
                _ = try line()
                if size == 0 { break }
            }
        } else {
            while fill() {}
            answer.body = buffer
        }
        return answer
    }

    /// Whether the other side has closed, waiting for it.
    func isClosed() -> Bool {
        while fill() {}
        return true
    }

    private func head() throws -> [Substring] {
        var lines: [Substring] = []
        while true {
            let line = try line()
            if line.isEmpty { return lines }
            lines.append(line[...])
        }
    }

    private func line() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end + 1)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line.replacing("\r", with: "")
            }
            guard fill() else { throw Cut() }
        }
    }

    func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count { guard fill() else { throw Cut() } }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private func fill() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 1 << 18)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return false }
        buffer += bytes[..<count]
        return true
    }
}
