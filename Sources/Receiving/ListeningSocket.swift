import Glibc

/// A port that is listened on.
struct ListeningSocket: Sendable {
    let descriptor: Int32
    /// The port that is bound; differs from the wanted one when that was 0.
    let port: Int
    /// What is shown to peers that connect here; `nil`: they speak without TLS.
    let tls: TLSContext?

    /// Binds and listens.
    ///
    /// - Parameter address: an IPv4 or IPv6 address.
    /// - Throws: `ListenerError` when the address cannot be bound.
    init(address: String, port: Int, tls: TLSContext? = nil) throws {
        descriptor = try bound(address: address, port: port)
        self.port = try boundPort(of: descriptor)
        self.tls = tls
    }

    /// Takes a connection, if one has come.
    ///
    /// - Returns: a blocking socket, and the peer's address as text; `nil` with `errno` when there is none.
    func accepted() -> (descriptor: Int32, peerAddress: String)? {
        var peer = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let connected = withUnsafeMutablePointer(to: &peer) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { accept(descriptor, $0, &length) }
        }
        return connected < 0 ? nil : (connected, numericAddress(of: peer))
    }
}

/// Why the listener does not start.
package struct ListenerError: Error, CustomStringConvertible {
    package let description: String
}

private func bound(address: String, port: Int) throws -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(address, "\(port)", &hints, &found) == 0, let info = found?.pointee else {
        throw ListenerError(description: "\(address) is not a numeric address, or \(port) is not a port")
    }
    defer { freeaddrinfo(found) }
    // Several ports share one waiting thread: a peer that has gone again must not hold it.
    let flags = SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let descriptor = socket(info.ai_family, info.ai_socktype | Int32(flags), info.ai_protocol)
    var on: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    let backlog: Int32 = 512
    guard descriptor >= 0, bind(descriptor, info.ai_addr, info.ai_addrlen) == 0, listen(descriptor, backlog) == 0
    else {
        let reason = String(cString: strerror(errno))
        if descriptor >= 0 { close(descriptor) }
        throw ListenerError(description: "cannot listen on \(address) port \(port): \(reason)")
    }
    return descriptor
}

private func boundPort(of descriptor: Int32) throws -> Int {
    var name = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = withUnsafeMutablePointer(to: &name) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard result == 0 else { throw ListenerError(description: "the bound port cannot be read") }
    return withUnsafeBytes(of: &name) { bytes in  // the port stands at the same place for IPv4 and IPv6
        Int(bytes[2]) << 8 | Int(bytes[3])
    }
}

/// The peer's address as text, an IPv4 one also where it came over IPv6.
private func numericAddress(of peer: sockaddr_storage) -> String {
    var peer = peer
    var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let result = withUnsafeMutablePointer(to: &peer) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            getnameinfo(
                $0, socklen_t(MemoryLayout<sockaddr_storage>.size), &host, socklen_t(host.count), nil, 0,
                NI_NUMERICHOST)
        }
    }
    guard result == 0 else { return "" }
    let text = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let mapped = "::ffff:"
    return text.hasPrefix(mapped) ? String(text.dropFirst(mapped.count)) : text
}
