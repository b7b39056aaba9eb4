import Glibc
import HTTPModel
import Invocation
import Logging

/// The dispatcher as a process: from its start until a signal ends it.
package enum DispatcherService {
    /// Listens until SIGTERM or SIGINT, then lets requests in progress finish and ends its workers.
    ///
    /// To be called on the main thread before any other thread exists, as signals are blocked for all of them.
    /// - Returns: the exit code: 0, or 1 when it could not start.
    package static func run(_ configuration: Configuration) -> Int32 {
        let log = Logger(label: "dispatcher") { JSONLogHandler(label: $0) }
        signal(SIGPIPE, SIG_IGN)
        // A trace shows what memory holds, perhaps a patient's name, and takes seconds in which the client waits. The same
        // invocation one-shot gives one.
        setenv("SWIFT_BACKTRACE", "enable=no", 1)
        var ending = sigset_t()
        sigemptyset(&ending)
        for number in [SIGTERM, SIGINT] { sigaddset(&ending, number) }
        pthread_sigmask(SIG_BLOCK, &ending, nil)
        do {
            let entries = try Launcher.functionList(of: configuration.handler)
            let unknown = configuration.functions.subtracting(entries.map(\.name))
            guard unknown.isEmpty else {
                throw Launcher.NoList(description: "unknown functions: \(unknown.sorted().joined(separator: ", "))")
            }
            let listener = try Listener(
                configuration, entries: entries, launcher: .program(configuration.handler), log: log)
            log.info("listening", metadata: ["address": "\(configuration.address)", "port": "\(listener.port)"])
            var number: Int32 = 0
            sigwait(&ending, &number)
            log.info("ending", metadata: ["signal": "\(number)"])
            try listener.stop()
            return 0
        } catch {
            log.critical("the dispatcher ends", metadata: ["error": "\(error)"])
            return 1
        }
    }
}

extension Configuration {
    /// Takes what the environment says: `PORTAL_DATA`, `PORTAL_ACCEL_PREFIX`, `PORTAL_TRUST_PROXY`,
    /// `PORTAL_METRICS_TOKEN`.
    package mutating func readEnvironment() {
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        storeRoot = variable("PORTAL_DATA").map { $0 + "/store" }
        accelPrefix = variable("PORTAL_ACCEL_PREFIX").map { $0.hasSuffix("/") ? $0 : $0 + "/" }
        writes = .shared
        metricsToken = variable("PORTAL_METRICS_TOKEN")
        proxy = variable("PORTAL_TRUST_PROXY").flatMap(Proxy.init) ?? .none
    }

    /// Gives the pools `count` workers each for short reads and for uploads, and half as many for the rest.
    package mutating func setWorkers(_ count: Int) {
        for (pool, share) in [(Pool.read, count), (.write, count), (.render, count / 2), (.export, count / 2)] {
            limits.pools[pool]?.workers = max(1, share)
        }
    }
}
