import Glibc

/// What stopped a step of the self-test; its text is for administrators.
package struct SelfTestFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// A blocking TCP connection to a part of the portal.
///
/// A class because it owns a descriptor, which is closed when it goes.
package final class ClientSocket {
    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// - Parameters:
    ///   - place: `host:port`; an IPv6 address stands in brackets.
    ///   - seconds: how long connecting and each read or write may take.
    /// - Throws: `SelfTestFailure` when nobody answers.
    package init(_ place: String, seconds: Int = 10) throws(SelfTestFailure) {
        guard let colon = place.lastIndex(of: ":") else { throw SelfTestFailure("\(place) is not host:port") }
        let host = place[..<colon].filter { $0 != "[" && $0 != "]" }
        let port = String(place[place.index(after: colon)...])
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, port, &hints, &found) == 0, let info = found?.pointee else {
            throw SelfTestFailure("\(place) is not known")
        }
        defer { freeaddrinfo(found) }
        descriptor = socket(info.ai_family, info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), info.ai_protocol)
        var patience = timeval(tv_sec: seconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        guard connect(descriptor, info.ai_addr, info.ai_addrlen) == 0 else {
            let reason = String(cString: strerror(errno))
            throw SelfTestFailure("\(place): \(reason)")
        }
    }

    deinit { close(descriptor) }

    /// This end's address as text, which is how the peer sees us.
    package var address: String {
        var name = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        _ = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                getsockname(descriptor, address, &length) == 0
                    && getnameinfo(address, length, &host, socklen_t(host.count), nil, 0, NI_NUMERICHOST) == 0
            }
        }
        return String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Waits for bytes; none when the peer has closed.
    package func read() throws(SelfTestFailure) -> ArraySlice<UInt8> {
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw SelfTestFailure("no answer: \(String(cString: strerror(errno)))") }
            return buffer[..<count]
        }
    }

    package func write(_ bytes: [UInt8]) throws(SelfTestFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw SelfTestFailure("the connection was closed") }
            rest = rest.dropFirst(count)
        }
    }
}
