import Portal
import Postgres
import Synchronization
import Testing

@testable import FunctionRuntime

/// Jobs are run once, failures wait, and what nobody knows stays.
@Suite(.serialized) struct JobLoopTests {
    private static let seen = Mutex<[String]>([])

    struct Good: Job {
        static let kind = "good"
        func run(arguments: [UInt8], in context: Context) throws {
            JobLoopTests.seen.withLock { $0.append(String(decoding: arguments, as: UTF8.self)) }
        }
    }

    struct Bad: Job {
        static let kind = "bad"
        func run(arguments: [UInt8], in context: Context) throws { throw PortalError.notFound }
    }

    @Test func dueJobsAreRunAndThoseThatFailWait() throws {
        let scratch = try ScratchDatabase()
        let context = try scratch.context()
        let jobs = Jobs(database: context.database)
        try jobs.request("good", arguments: #"{"n": 1}"#)
        try jobs.request("bad")
        try jobs.request("good", arguments: #"{"n": 2}"#, delay: 3600)
        try jobs.request("unknown")
        let loop = JobLoop(jobs: [Good.self, Bad.self], workshop: Workshop(context), isEnding: { false })
        let keeper = LeaseKeeper(databaseURL: scratch.url, log: context.log)
        try loop.drain(context, keeper)
        try loop.drain(context, keeper)
        #expect(Self.seen.withLock { $0 } == [#"{"n": 1}"#])
        let left = try context.database.query(
            "SELECT kind, attempts, last_error IS NOT NULL, run_after > now() FROM portal.jobs WHERE every IS NULL ORDER BY kind"
        ).map { "\(try $0.text(0)) \(try $0.int(1)) \(try $0.bool(2)) \(try $0.bool(3))" }
        #expect(left == ["bad 1 true true", "good 0 false true", "unknown 0 false false"])
    }
}
