import FoundationEssentials
import Glibc
import Logging
import Portal
import Postgres
import Synchronization

/// Prolongs the lease of the job in progress from a thread of its own, as the job blocks the other.
///
/// A class, as both threads share it; what they share is behind a lock.
final class LeaseKeeper: Sendable {
    private let databaseURL: String
    private let log: Logger
    private let held = Mutex<Jobs.Leased?>(nil)

    init(databaseURL: String, log: Logger) {
        self.databaseURL = databaseURL
        self.log = log
    }

    func hold(_ job: Jobs.Leased) { held.withLock { $0 = job } }

    func release() { held.withLock { $0 = nil } }

    func start() {
        var thread = pthread_t()
        let kept = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<LeaseKeeper>.fromOpaque(argument).takeRetainedValue().keep() }
                return nil
            }, kept.toOpaque())
        if result == 0 { pthread_detach(thread) } else { kept.release() }
    }

    private func keep() {
        while true {
            // Three chances within one lease.
            StandardInput.wait(milliseconds: Int32(JobLoop.lease * 1000 / 3))
            let job = held.withLock { $0 }
            if StandardInput.isClosed { return leave(job) }
            guard let job else { continue }
            do {
                let database = try Connection(url: databaseURL)
                if try !Jobs(database: database).prolong(job, seconds: JobLoop.lease) {
                    log.warning("a lease was lost", metadata: ["job": "\(job.id)"])
                }
            } catch {
                log.warning("a lease was not prolonged", metadata: ["error": "\(ErrorStatuses.detail(of: error))"])
            }
        }
    }

    /// Ends the process in the middle of a job, which is resumable: it is given back first, so nobody waits for the lease.
    private func leave(_ job: Jobs.Leased?) {
        guard let job else { return }
        if let database = try? Connection(url: databaseURL) {
            try? Jobs(database: database).fail(job, error: "The process was told to end.")
        }
        _exit(0)
    }
}
