import HTTPModel
import Invocation
import Logging
import NIOCore
import NIOPosix

/// The workers of one kind of function, and the requests that wait for one.
///
/// A class: the workers, the connections and the dispatcher share it. All on the event loop.
final class WorkerPool {
    let log: Logger
    private let name: Pool
    private let limits: Limits.PoolLimits
    private let invocationsPerWorker: Int
    private let launcher: Launcher
    private let loop: any EventLoop
    /// Takes what a worker answers before it is asked for.
    let keepAhead: (_ payload: [UInt8], PlainRequest.Asker, _ function: String) throws(InvocationError) -> Void
    /// Takes over a process whose socket is closed until it is reaped.
    private let reap: (Child) -> Void
    private var workers: [ObjectIdentifier: Worker] = [:]
    /// The last one that became free is taken first: it is the warmest.
    private var free: [Worker] = []
    private var queue = CircularBuffer<Exchange>()
    private var isStopping = false

    init(
        _ name: Pool, limits: Limits, launcher: Launcher, loop: any EventLoop, log: Logger,
        keepAhead: @escaping ([UInt8], PlainRequest.Asker, String) throws(InvocationError) -> Void,
        reap: @escaping (Child) -> Void
    ) {
        self.name = name
        self.limits = limits.pools[name] ?? Limits.PoolLimits(workers: 1, queue: 16)
        invocationsPerWorker = limits.invocationsPerWorker
        self.launcher = launcher
        self.loop = loop
        self.log = log
        self.keepAhead = keepAhead
        self.reap = reap
    }

    var isEmpty: Bool { workers.isEmpty }
    var freeCount: Int { free.count }
    var busyCount: Int { workers.count - free.count }
    var waitingCount: Int { queue.count }

    /// Gives a request to a worker, now or as soon as one is free.
    func submit(_ exchange: Exchange) {
        if let worker = free.popLast() {
            worker.begin(exchange)
        } else if workers.count < limits.workers {
            guard let worker = start() else { return exchange.fail(.unavailable) }
            worker.begin(exchange)
        } else if queue.count < limits.queue {
            queue.append(exchange)
        } else {
            exchange.fail(.overloaded)
        }
    }

    /// Starts a worker before it is needed.
    func warm() {
        if workers.isEmpty, let worker = start() { free.append(worker) }
    }

    func isFree(_ worker: Worker) {
        guard worker.served < invocationsPerWorker, !isStopping else {
            workers[ObjectIdentifier(worker)] = nil
            worker.retire()
            return refill()
        }
        if let exchange = nextWaiting() { worker.begin(exchange) } else { free.append(worker) }
    }

    func isGone(_ worker: Worker, _ child: Child) {
        workers[ObjectIdentifier(worker)] = nil
        free.removeAll { $0 === worker }
        reap(child)
        refill()
    }

    func check(_ now: NIODeadline) {
        for worker in workers.values { worker.check(now) }
        let late = queue.filter { now - $0.began > .seconds(Int64($0.entry.deadline)) }
        queue.removeAll { exchange in exchange.client == nil || late.contains { $0 === exchange } }
        for exchange in late { exchange.fail(.overloaded) }
    }

    /// Lets every worker end.
    func stop() {
        isStopping = true
        for worker in workers.values { worker.retire() }
        free = []
    }

    private func refill() {
        while workers.count < limits.workers, let exchange = nextWaiting() {
            guard let worker = start() else { return exchange.fail(.unavailable) }
            worker.begin(exchange)
        }
    }

    /// The next request whose client still waits.
    private func nextWaiting() -> Exchange? {
        while let exchange = queue.popFirst() {
            if exchange.client != nil { return exchange }
        }
        return nil
    }

    private func start() -> Worker? {
        do {
            let (socket, child) = try launcher.start(["worker"])
            let worker = Worker(child, pool: self)
            adopt(socket, worker)
            guard worker.isConnected else {
                child.kill()
                reap(child)
                return nil
            }
            workers[ObjectIdentifier(worker)] = worker
            return worker
        } catch {
            log.error("no worker can be started", metadata: ["pool": "\(name.rawValue)", "error": "\(error)"])
            return nil
        }
    }

    /// Makes a channel of our end of a worker's socket; on its event loop that is done when the call returns.
    private func adopt(_ socket: Int32, _ worker: Worker) {
        let bound = NIOLoopBound(worker, eventLoop: loop)
        let channel = ClientBootstrap(group: loop)
            .channelOption(.writeBufferWaterMark, value: .init(low: 64 << 10, high: 256 << 10))
            .channelOption(.maxMessagesPerRead, value: 4)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(bound.value) }
            }
            .withConnectedSocket(socket)
        channel.assumeIsolated().whenFailure { [log] error in
            log.error("a worker's socket is of no use", metadata: ["error": "\(error)"])
        }
    }
}
