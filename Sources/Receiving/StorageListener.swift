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

    private let sockets: [ListeningSocket]
    private let admission: any Admitting
    private let log: Logger
    private let open = Atomic<Int>(0)
    private let stopping = Atomic<Bool>(false)

    /// Binds and listens.
    ///
    /// - Parameters:
    ///   - address: an IPv4 or IPv6 address.
    ///   - tlsPort: listened on beside `port` when there is a `tls`.
    /// - Throws: `ListenerError` when the address cannot be bound.
    package convenience init(
        address: String, port: Int, tlsPort: Int, tls: TLSContext?, admission: PortalAdmission, log: Logger
    ) throws {
        var sockets = [try ListeningSocket(address: address, port: port)]
        if let tls { sockets.append(try ListeningSocket(address: address, port: tlsPort, tls: tls)) }
        self.init(sockets, admittedBy: admission, log: log)
    }

    init(_ sockets: [ListeningSocket], admittedBy admission: any Admitting, log: Logger) {
        self.sockets = sockets
        self.admission = admission
        self.log = log
    }

    /// The ports that are bound: the plain one, and that of TLS behind it.
    package var ports: [Int] { sockets.map(\.port) }

    /// Accepts associations until `stop()`; then waits for running transfers to end, at most some seconds.
    package func serve() {
        var waiting = sockets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        while !stopping.load(ordering: .acquiring) {
            guard poll(&waiting, nfds_t(waiting.count), -1) > 0 else { continue }
            for (socket, state) in zip(sockets, waiting) where state.revents != 0 { take(from: socket) }
        }
        let deadline = monotonicMilliseconds() + Self.stopPatience
        while open.load(ordering: .acquiring) > 0, monotonicMilliseconds() < deadline { usleep(10_000) }
    }

    /// Makes `serve()` return: no new associations, idle ones are aborted, transfers finish.
    package func stop() {
        stopping.store(true, ordering: .releasing)
        for socket in sockets { shutdown(socket.descriptor, Int32(SHUT_RDWR)) }
    }

    private func take(from socket: ListeningSocket) {
        guard let (descriptor, peerAddress) = socket.accepted() else {
            if errno == EMFILE || errno == ENFILE { usleep(10_000) }
            return
        }
        start(descriptor, from: peerAddress, over: socket.tls)
    }

    private func start(_ descriptor: Int32, from peerAddress: String, over tls: TLSContext?) {
        let isOverLimit = open.add(1, ordering: .acquiringAndReleasing).newValue > Self.mostAssociations
        let admission: any Admitting = isOverLimit ? Saturated() : admission
        let isStarted = startThread { [self] in
            serve(descriptor, from: peerAddress, over: tls, admittedBy: admission)
            _ = open.subtract(1, ordering: .acquiringAndReleasing)
        }
        if !isStarted {
            close(descriptor)
            _ = open.subtract(1, ordering: .acquiringAndReleasing)
        }
    }

    private func serve(
        _ descriptor: Int32, from peerAddress: String, over tls: TLSContext?, admittedBy admission: any Admitting
    ) {
        let session: TLSSession?
        do {
            session = try tls.map(TLSSession.init)
        } catch {
            close(descriptor)
            return log.error("TLS cannot be spoken", metadata: ["reason": "\(error)"])
        }
        let association = Association(
            socket: AssociationSocket(descriptor: descriptor, tls: session), peerAddress: peerAddress,
            admission: admission, log: log, isStopping: { [self] in stopping.load(ordering: .acquiring) })
        association.run()
    }
}
