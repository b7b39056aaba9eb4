import HTTPModel
import WriteCounting

/// How a dispatcher listens and what it may use.
package struct Configuration: Sendable {
    /// The address and port of the listener; port 0 takes a free one.
    package var address = "127.0.0.1"
    package var port = 8081
    /// A Unix socket to listen on as well: to an nginx on this machine it costs less than TCP.
    package var socketPath: String?
    /// The program that holds the functions.
    package var handler: String
    /// Only these functions are offered; all when empty.
    package var functions: Set<String> = []
    /// The number of processes that take jobs.
    package var jobProcesses = 0
    /// The store's root, whose files are sent without nginx; `nil` when there is none.
    package var storeRoot: String?
    /// The internal location of nginx that serves the store (`/_store/`); `nil` without nginx in front. Where there is a Unix
    /// socket, only who comes by that is taken for nginx.
    package var accelPrefix: String?
    /// Whose `X-Real-IP` and `X-Request-Id` are believed.
    package var proxy = Proxy.none
    /// Opens the metrics to whoever sends it; `nil` keeps them to this machine.
    package var metricsToken: String?
    /// Tells whether something was written since an answer was made ahead; `nil` where nobody counts.
    package var writes: WriteCounter?
    package var limits = Limits()

    package init(handler: String) { self.handler = handler }
}

/// The limits of one dispatcher; durations in seconds, sizes in bytes.
package struct Limits: Sendable {
    /// What one pool may hold.
    package struct PoolLimits: Sendable {
        /// The most processes at a time.
        package var workers: Int
        /// The most requests that wait for one.
        package var queue: Int
    }

    package var pools: [Pool: PoolLimits] = [
        .read: PoolLimits(workers: 4, queue: 256),
        .render: PoolLimits(workers: 2, queue: 128),
        .write: PoolLimits(workers: 4, queue: 64),
        .export: PoolLimits(workers: 2, queue: 16),
    ]
    /// After how many invocations a worker is replaced, so that nothing can pile up in one.
    package var invocationsPerWorker = 10_000
    /// The most connections of clients at a time.
    package var connections = 4096

    package var requestTarget = 16 << 10
    package var headerField = 16 << 10
    package var headers = 32 << 10
    package var headerFields = 100

    /// How much of a body is kept before a worker takes it; a worker begins earlier when the body is complete.
    package var waitingBody = 64 << 10
    /// How much of a streamed answer is kept for a slow client before its worker has to wait.
    package var waitingAnswer = 1 << 20
    /// How much of an unwanted body is read away to keep a connection; above it is closed.
    package var discardedBody = 16 << 20

    /// How long a request's header may take to arrive on a new connection, or its body may stand still.
    package var stalled = 30
    /// How long a connection may rest between requests; longer than nginx's 60 s, so that nginx closes first.
    package var resting = 75
    /// How long a client may take no byte of an answer.
    package var unreadAnswer = 60
    /// How long requests in progress may go on after SIGTERM.
    package var farewell = 8
    /// How often deadlines are looked at, in milliseconds.
    package var tick = 250

    package init() {}
}
