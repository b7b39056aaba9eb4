import Glibc

/// A blocking TCP connection of one association.
///
/// A class because it owns a descriptor, which is closed when it goes.
final class AssociationSocket {
    /// Why nothing more can be read or written.
    enum Failure: Error {
        case closed
        case timedOut
    }

    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)

    /// - Parameter descriptor: a connected socket; this object closes it.
    init(descriptor: Int32) {
        self.descriptor = descriptor
        set(IPPROTO_TCP, TCP_NODELAY)
        var longestSend = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_SNDTIMEO, &longestSend, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// Waits for bytes until `deadline`, in milliseconds of the monotonic clock.
    ///
    /// Delayed acknowledgements are switched off again after every read, because Linux forgets: a peer that sends each
    /// PDU in two small writes with Nagle's algorithm on would otherwise wait 40 ms for each.
    func read(until deadline: Int) throws -> ArraySlice<UInt8> {
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

    /// Sends all bytes in one write where the kernel takes them.
    func write(_ bytes: [UInt8]) throws {
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
