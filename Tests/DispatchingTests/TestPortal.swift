import CPOSIX
import Glibc
import HTTPModel
import Invocation
import Logging
import ObjectStore
import Synchronization

@testable import Dispatching

/// A dispatcher on a free port whose workers are threads of the test.
struct TestPortal {
    /// What a function of the test does; the descriptor is its worker's end of the socket.
    typealias Behaviour = @Sendable (Request, Int32) throws -> Response

    struct Offer {
        let entry: FunctionEntry
        let behaviour: Behaviour
        /// What its workers answer ahead.
        let ahead: @Sendable (Request) -> [AheadAnswer]

        init(
            _ route: Route, pool: Pool = .read, bodyLimit: Int = 1 << 30, deadline: Int = 20,
            ahead: @escaping @Sendable (Request) -> [AheadAnswer] = { _ in [] }, _ behaviour: @escaping Behaviour
        ) {
            self.ahead = ahead
            entry = FunctionEntry(
                name: route.description, route: route, pool: pool, access: .open, bodyLimit: bodyLimit,
                deadline: deadline)
            self.behaviour = behaviour
        }
    }

    let listener: Listener

    init(_ offers: [Offer], change: (inout Configuration) -> Void = { _ in }) throws {
        var configuration = Configuration(handler: "")
        configuration.port = 0
        configuration.limits.tick = 20
        change(&configuration)
        let behaviours = Dictionary(uniqueKeysWithValues: offers.map { ($0.entry.name, $0) })
        listener = try Listener(
            configuration, entries: offers.map(\.entry), launcher: Self.launcher(behaviours),
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Starts a dispatcher for the time of `body`.
    static func run(
        _ offers: [Offer], change: (inout Configuration) -> Void = { _ in }, _ body: (TestPortal) throws -> Void
    ) throws {
        let portal = try TestPortal(offers, change: change)
        do { try body(portal) } catch {
            try portal.listener.stop()
            throw error
        }
        try portal.listener.stop()
    }

    func client() throws -> TestClient { try TestClient(port: listener.port) }

    private static func launcher(_ behaviours: [String: Offer]) -> Launcher {
        Launcher { _ in
            var ends: [Int32] = [-1, -1]
            guard cposix_socketpair_cloexec(&ends) == 0 else { throw Launcher.Failure(call: "socketpair", code: errno) }
            let worker = TestWorker(descriptor: ends[1], behaviours: behaviours)
            worker.start()
            return (ends[0], Child(pid: 0, kill: { worker.kill() }, exitCode: { worker.hasEnded ? 0 : nil }))
        }
    }
}

/// A worker as a thread; a class, as the thread and the test share it.
final class TestWorker: Sendable {
    private let descriptor: Int32
    private let behaviours: [String: TestPortal.Offer]
    private let ended = Mutex(false)

    init(descriptor: Int32, behaviours: [String: TestPortal.Offer]) {
        self.descriptor = descriptor
        self.behaviours = behaviours
    }

    var hasEnded: Bool { ended.withLock { $0 } }

    func kill() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    func start() { startThread { self.run() } }

    private func run() {
        let failed: (any Error) -> Response = { _ in
            HTTPError(500, "test", "failed").response(requestID: "", language: .english)
        }
        var asked = ""
        try? WorkerLoop(descriptor: descriptor).run(
            respond: { [behaviours, descriptor] head, request in
                asked = head.function
                do {
                    return try behaviours[head.function]?.behaviour(request, descriptor) ?? Response(status: 404)
                } catch {
                    return failed(error)
                }
            }, failed: failed, ahead: { [behaviours] in behaviours[asked]?.ahead($0) ?? [] })
        close(descriptor)
        ended.withLock { $0 = true }
    }
}

func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { argument in
            if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    pthread_detach(thread)
}

/// Opens once; whoever waits goes on then. Closed by the test's end so that no thread is left behind.
final class Gate: Sendable {
    private let ends: [Int32]

    init() {
        var ends: [Int32] = [-1, -1]
        _ = cposix_pipe_cloexec(&ends)
        self.ends = ends
    }

    deinit { ends.forEach { close($0) } }

    func open() { _ = write(ends[1], "x", 1) }

    /// - Returns: whether it was opened in time.
    @discardableResult func wait() -> Bool {
        var watched = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, 20_000) > 0
    }
}
