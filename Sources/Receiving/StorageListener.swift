import Glibc
import Logging
import Synchronization

/// Listens for associations and serves each on a thread of its own.
///
/// - SeeAlso: Decisions/0001-a-thread-per-association.md.
package final class StorageListener: Sendable {
    /// Associations served at once; further ones are told to try again.
    package static let mostAssociations = 64
    /// How long running transfers may go on after a stop, in milliseconds.
    private static let stopPatience = 8000

    /// The port that is bound; differs from the wanted one when that was 0.
    package let port: Int
    private let listening: Int32
    private let admission: any Admitting
    private let log: Logger
    private let open = Atomic<Int>(0)
    private let stopping = Atomic<Bool>(false)

    /// Binds and listens.
    ///
    /// - Parameter address: an IPv4 or IPv6 address.
    /// - Throws: `ListenerError` when the address cannot be bound.
    package convenience init(address: String, port: Int, admission: PortalAdmission, log: Logger) throws {
        try self.init(address: address, port: port, admittedBy: admission, log: log)
    }

    init(address: String, port: Int, admittedBy admission: any Admitting, log: Logger) throws {
        listening = try bound(address: address, port: port)
        self.port = try boundPort(of: listening)
        self.admission = admission
        self.log = log
    }

    /// Accepts associations until `stop()`; then waits for running transfers to end, at most some seconds.
    package func serve() {
        while !stopping.load(ordering: .acquiring) {
            var peer = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let descriptor = withUnsafeMutablePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { accept(listening, $0, &length) }
            }
            guard descriptor >= 0 else {
                if errno == EMFILE || errno == ENFILE { usleep(10_000) }
                continue
            }
            start(descriptor, from: numericAddress(of: peer))
        }
        let deadline = monotonicMilliseconds() + Self.stopPatience
        while open.load(ordering: .acquiring) > 0, monotonicMilliseconds() < deadline { usleep(10_000) }
    }

    /// Makes `serve()` return: no new associations, idle ones are aborted, transfers finish.
    package func stop() {
        stopping.store(true, ordering: .releasing)
        shutdown(listening, Int32(SHUT_RDWR))
    }

    private func start(_ descriptor: Int32, from peerAddress: String) {
        let isOverLimit = open.add(1, ordering: .acquiringAndReleasing).newValue > Self.mostAssociations
        let admission: any Admitting = isOverLimit ? Saturated() : admission
        let isStarted = startThread { [self] in
            let association = Association(
                socket: AssociationSocket(descriptor: descriptor), peerAddress: peerAddress, admission: admission,
                log: log, isStopping: { [self] in stopping.load(ordering: .acquiring) })
            association.run()
            _ = open.subtract(1, ordering: .acquiringAndReleasing)
        }
        if !isStarted {
            close(descriptor)
            _ = open.subtract(1, ordering: .acquiringAndReleasing)
        }
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
    let descriptor = socket(info.ai_family, info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), info.ai_protocol)
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
