import Glibc
import Logging
import Portal
import Postgres

/// Runs due jobs one after the other until its input is closed: woken by NOTIFY, and by a slow tick for what was missed.
struct JobLoop {
    /// How long a lease holds without a sign of life, in seconds.
    static let lease = 60
    /// How long it waits for a message, in milliseconds; also how late the end of input is seen.
    private static let nap = 500
    /// How many naps pass before it looks for due jobs unasked.
    private static let tick = 10

    private let jobs: [String: any Job.Type]
    private let workshop: Workshop
    /// Whether whoever started the process wants it to end.
    private let isEnding: () -> Bool

    init(jobs: [any Job.Type], workshop: Workshop, isEnding: @escaping () -> Bool = { StandardInput.isClosed }) {
        self.jobs = Dictionary(jobs.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        self.workshop = workshop
        self.isEnding = isEnding
    }

    /// - Returns: the exit code.
    func run() -> Int32 {
        let context: Context
        do { context = try workshop.ready() } catch {
            workshop.log.error("no jobs can be taken", metadata: ["error": "\(ErrorStatuses.detail(of: error))"])
            return 1
        }
        let keeper = LeaseKeeper(databaseURL: context.settings.databaseURL, log: workshop.log)
        keeper.start()
        while !isEnding() {
            do {
                try context.database.listen(Jobs.channel)
                try drain(context, keeper)
                try rest(context.database)
            } catch {
                workshop.log.warning("jobs have to wait", metadata: ["error": "\(ErrorStatuses.detail(of: error))"])
                StandardInput.wait(milliseconds: Int32(Self.nap * Self.tick))
            }
        }
        return 0
    }

    private func rest(_ database: Connection) throws {
        for _ in 0..<Self.tick where !isEnding() {
            if try database.waitForNotification(timeout: Self.nap) != nil { return }
        }
    }

    /// Runs what is due now.
    func drain(_ context: Context, _ keeper: LeaseKeeper) throws {
        let queue = Jobs(database: context.database)
        while !isEnding(), let job = try queue.lease(kinds: jobs.keys.sorted(), seconds: Self.lease) {
            guard let type = jobs[job.kind] else { continue }
            keeper.hold(job)
            defer { keeper.release() }
            context.requestID = "job-\(job.id)-\(job.attempts)"
            context.log[metadataKey: "requestId"] = "\(context.requestID)"
            do {
                try type.init().run(arguments: job.arguments, in: context)
                try queue.finish(job)
            } catch {
                let detail = ErrorStatuses.detail(of: error)
                workshop.log.error(
                    "a job failed",
                    metadata: ["kind": "\(job.kind)", "requestId": "\(context.requestID)", "error": "\(detail)"])
                try queue.fail(job, error: detail)
            }
        }
    }
}
