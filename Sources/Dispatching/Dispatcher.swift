import HTTPModel
import Invocation
import Logging
import NIOCore
import NIOHTTP1

/// The state that all connections share: routes, pools, processes.
///
/// A class, confined to one event loop: clients and workers live on the same thread, so nothing is locked and no
/// answer changes threads (Decisions/0001).
final class Dispatcher {
    let acceptance: Acceptance
    let limits: Limits
    private let accel: AccelRedirect?
    /// Whether nginx has a way in of its own, the Unix socket.
    private let hasSocket: Bool
    let storeRoot: String?
    let log: Logger
    private(set) var isStopping = false
    var metrics = Metrics()
    let metricsDoor: MetricsDoor
    var ahead: AheadAnswers

    private let proxy: Proxy
    private let loop: any EventLoop
    private var pools: [Pool: WorkerPool] = [:]
    private var jobs: JobProcesses
    private var connections: [ObjectIdentifier: ClientConnection] = [:]
    /// Processes that were let go of and are not reaped yet.
    private var leaving: [(child: Child, since: NIODeadline)] = []
    private var clock = HTTPDate()
    /// Tells request ids of this process from those of others.
    private let idPrefix = String(UInt32.random(in: .min ... .max), radix: 36) + "-"
    private var requests = 0
    private var stopBegan: NIODeadline?
    private var stopped: EventLoopPromise<Void>?

    init(
        _ configuration: Configuration, _ entries: [FunctionEntry], _ launcher: Launcher, loop: any EventLoop,
        log: Logger
    ) {
        let offered = entries.filter { configuration.functions.isEmpty || configuration.functions.contains($0.name) }
        acceptance = Acceptance(routes: RouteTable(offered), limits: configuration.limits)
        limits = configuration.limits
        accel = configuration.accelPrefix.map { AccelRedirect(location: $0) }
        hasSocket = configuration.socketPath != nil
        storeRoot = configuration.storeRoot
        proxy = configuration.proxy
        metricsDoor = MetricsDoor(token: configuration.metricsToken)
        ahead = AheadAnswers(writes: configuration.writes)
        self.loop = loop
        self.log = log
        jobs = JobProcesses(count: configuration.jobProcesses, launcher: launcher, log: log)
        for pool in Set(offered.map(\.pool)) {
            pools[pool] = WorkerPool(
                pool, limits: configuration.limits, launcher: launcher, loop: loop, log: log,
                keepAhead: { [weak self] payload, asker, function throws(InvocationError) in
                    try self?.ahead.keep(payload, for: asker, of: function)
                },
                reap: { [weak self] child in self?.leaving.append((child, .now())) })
        }
    }

    /// Starts the first workers, the job processes and the clock.
    func start() {
        pools[.read]?.warm()
        keepTicking()
    }

    private func keepTicking() {
        tick(.now())
        loop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(limits.tick))) { [weak self] in self?.keepTicking() }
    }

    // MARK: for connections

    func submit(_ exchange: Exchange) { pools[exchange.entry.pool]?.submit(exchange) }

    /// - Returns: `false` when there are too many.
    func welcome(_ connection: ClientConnection) -> Bool {
        guard connections.count < limits.connections, !isStopping else { return false }
        connections[ObjectIdentifier(connection)] = connection
        return true
    }

    func isGone(_ connection: ClientConnection) { connections[ObjectIdentifier(connection)] = nil }

    func nextRequestID() -> String {
        requests &+= 1
        return idPrefix + String(requests, radix: 36)
    }

    /// Where the nginx before a client finds the store; `nil` for a client that gets files from here.
    func accel(for client: any Channel) -> AccelRedirect? {
        hasSocket && client.remoteAddress?.ipAddress != nil ? nil : accel
    }

    func date() -> String { clock.now() }

    /// The metrics and what is the case now.
    func metricsText() -> String {
        let sorted = pools.sorted { $0.key.rawValue < $1.key.rawValue }
        let workers = sorted.flatMap { pool, workers in
            [("busy", workers.busyCount), ("free", workers.freeCount)].map {
                (labels: "pool=\"\(pool.rawValue)\",state=\"\($0)\"", value: $1)
            }
        }
        return metrics.text([
            Metrics.Gauge(
                name: "preview_dicom_connections", meaning: "Connections of clients.",
                values: [("", connections.count)]),
            Metrics.Gauge(name: "preview_dicom_workers", meaning: "Processes that answer.", values: workers),
            Metrics.Gauge(
                name: "preview_dicom_waiting", meaning: "Requests that wait for a worker.",
                values: sorted.map { ("pool=\"\($0.rawValue)\"", $1.waitingCount) }),
        ])
    }

    /// The id and the client's address of a request.
    func origin(of head: HTTPRequestHead, _ channel: any Channel) -> (requestID: String, address: String) {
        let peer = channel.remoteAddress?.ipAddress
        return (
            requestID(naming: head.headers.first(name: "X-Request-Id"), peer: peer),
            proxy.clientAddress(head.headers, peer: peer)
        )
    }

    /// - Parameter name: what a request calls itself.
    func requestID(naming name: String?, peer: String?) -> String {
        proxy.requestID(name, peer: peer) ?? nextRequestID()
    }

    // MARK: the end

    /// Lets requests in progress finish, then ends all processes.
    func stop(_ stopped: EventLoopPromise<Void>) {
        isStopping = true
        stopBegan = .now()
        self.stopped = stopped
        tick(.now())
    }

    private func tick(_ now: NIODeadline) {
        for connection in connections.values {
            if isStopping, connection.isResting { connection.close() } else { connection.check(now) }
        }
        for pool in pools.values { pool.check(now) }
        ahead.forget(now)
        if !isStopping { jobs.check(now) }
        leaving.removeAll { hasEnded($0.child) }
        let patience = TimeAmount.seconds(isStopping ? 1 : 5)
        for (child, since) in leaving where now - since > patience { child.kill() }
        if let stopBegan, let stopped { leave(now, since: stopBegan, stopped) }
    }

    private func hasEnded(_ child: Child) -> Bool {
        guard let code = child.exitCode() else { return false }
        if code != 0 { log.warning("a process ended", metadata: ["pid": "\(child.pid)", "exit": "\(code)"]) }
        return true
    }

    private func leave(_ now: NIODeadline, since: NIODeadline, _ stopped: EventLoopPromise<Void>) {
        guard connections.isEmpty || now - since > .seconds(Int64(limits.farewell)) else { return }
        for connection in connections.values { connection.close() }
        for pool in pools.values { pool.stop() }
        for child in jobs.stop() { leaving.append((child, now)) }
        if leaving.isEmpty, pools.values.allSatisfy(\.isEmpty) {
            self.stopped = nil
            stopped.succeed()
        }
    }
}
