import Glibc

/// A blocking TCP connection of one association, with TLS around it or without.
///
/// A class because it owns a descriptor, which is closed when it goes.
final class AssociationSocket {
    /// Why nothing more can be read or written.
    enum Failure: Error, Equatable {
        case closed
        case timedOut
        /// TLS ended the connection, and why.
        case insecure(String)
    }

    private let descriptor: Int32
    private let tls: TLSSession?
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)

    /// - Parameters:
    ///   - descriptor: a connected socket; this object closes it.
    ///   - tls: `nil` for a connection without TLS; else `handshake(until:)` comes first.
    init(descriptor: Int32, tls: TLSSession? = nil) {
        self.descriptor = descriptor
        self.tls = tls
        set(IPPROTO_TCP, TCP_NODELAY)
        var longestSend = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_SNDTIMEO, &longestSend, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        if let tls {
            tls.close()
            let farewell = tls.output()
            send(descriptor, farewell, farewell.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        }
        close(descriptor)
    }

    /// As `Peer.tlsName`.
    var tlsName: String { tls?.peerName ?? "" }

    /// Agrees on keys and sees the peer's certificate; after `timedOut` it can be called again and goes on.
    ///
    /// - Parameter deadline: in milliseconds of the monotonic clock.
    func handshake(until deadline: Int) throws {
        guard let tls else { return }
        while try !answering(tls, { try tls.handshake() }) { try tls.feed(try receive(until: deadline)) }
    }

    /// Waits for bytes until `deadline`, in milliseconds of the monotonic clock.
    func read(until deadline: Int) throws -> ArraySlice<UInt8> {
        guard let tls else { return try receive(until: deadline) }
        while true {
            if let count = try answering(tls, { try tls.decrypt(into: &buffer) }) { return buffer[..<count] }
            try tls.feed(try receive(until: deadline))
        }
    }

    /// Sends all bytes in one write where the kernel takes them.
    func write(_ bytes: [UInt8]) throws {
        guard let tls else { return try transmit(bytes) }
        try answering(tls) { try tls.encrypt(bytes) }
    }

    /// Does a step of TLS and sends what has to be said after it, which is an alert when it failed.
    private func answering<Value>(_ tls: TLSSession, _ step: () throws -> Value) throws -> Value {
        let result = Result(catching: step)
        try transmit(tls.output())
        return try result.get()
    }

    /// Waits for bytes of the network.
    ///
    /// Delayed acknowledgements are switched off again after every read, because Linux forgets: a peer that sends each
    /// PDU in two small writes with Nagle's algorithm on would otherwise wait 40 ms for each.
    private func receive(until deadline: Int) throws -> ArraySlice<UInt8> {
        while true {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let left = deadline - monotonicMilliseconds()
            guard left > 0 else { throw Failure.timedOut }
            let ready = poll(&waiting, 1, Int32(min(left, 60_000)))
            if ready < 0 && errno != EINTR { throw Failure.closed }
            guard ready > 0 else { continue }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Failure.closed }
            set(IPPROTO_TCP, TCP_QUICKACK)
            return buffer[..<count]
        }
    }

    private func transmit(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Failure.closed }
            rest = rest.dropFirst(count)
        }
    }

    private func set(_ level: Int, _ option: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, Int32(level), option, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}

/// Milliseconds of a clock that never goes back.
func monotonicMilliseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
}
