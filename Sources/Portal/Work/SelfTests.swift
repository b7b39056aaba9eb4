import FoundationEssentials
import Postgres

/// The record of self-tests: one row for each, with its steps as they were done.
package struct SelfTests {
    /// One thing that was tried.
    package struct Step: Sendable, Equatable, Codable {
        package enum Outcome: String, Sendable, Codable { case passed, failed, skipped }

        /// Such as `dicom.store`.
        package let name: String
        package let outcome: Outcome
        package let milliseconds: Int
        /// What was found, for who looks for the cause; never a patient's attribute. Empty when all is well.
        package let detail: String

        package init(name: String, outcome: Outcome, milliseconds: Int, detail: String = "") {
            (self.name, self.outcome, self.milliseconds, self.detail) = (name, outcome, milliseconds, detail)
        }
    }

    package struct Run: Sendable, Equatable, Encodable {
        package let id: String
        package let startedAt: String
        @Nullable package private(set) var finishedAt: String?
        package let steps: [Step]
    }

    /// What has to be known to do it.
    package struct Order: Sendable, Equatable {
        /// Whose rights it has; `nil` when the account is gone.
        package let user: String?
        package let seed: Int
    }

    package static let jobKind = "selftest.run"
    /// After this a run without an end is none that still goes on, in seconds.
    private static let longest = 300

    private let database: Connection

    package init(database: Connection) { self.database = database }

    /// Begins a self-test, unless one is going on.
    ///
    /// - Returns: the run.
    package func begin(by caller: Caller, address: String) throws -> Run {
        try database.transaction {
            // Two who press at once get one run.
            try database.script("LOCK TABLE portal.self_tests IN SHARE ROW EXCLUSIVE MODE")
            if let last = try last(), try isOpen(last.id) { return last }
            let seed = Int.random(in: 1...Int(Int32.max))
            let rows = try database.query(
                "INSERT INTO portal.self_tests (user_id, seed) VALUES (\(uuid: caller.userID), \(seed)) RETURNING id")
            let id = try rows[0].text(0)
            try Jobs(database: database).request(Self.jobKind, arguments: "{\"id\": \"\(id)\"}")
            try Audit(database: database, actor: caller.userID, address: address)
                .record(.selfTestRun, details: ["selftest": id])
            guard let made = try last() else { throw PortalError.notFound }
            return made
        }
    }

    /// The newest run.
    package func last() throws -> Run? {
        try database.query(
            """
            SELECT id, portal.instant(started_at), portal.instant(finished_at), steps::text
            FROM portal.self_tests ORDER BY started_at DESC, id DESC LIMIT 1
            """
        ).first.map { row in
            Run(
                id: try row.text(0), startedAt: try row.text(1), finishedAt: try row.textOrNil(2),
                steps: try JSONDecoder().decode([Step].self, from: Data(try row.text(3).utf8)))
        }
    }

    private func isOpen(_ id: String) throws(PostgresError) -> Bool {
        try !database.query(
            """
            SELECT 1 FROM portal.self_tests WHERE id = \(uuid: id) AND finished_at IS NULL
                AND started_at > now() - make_interval(secs => \(Self.longest))
            """
        ).isEmpty
    }

    /// What to do; a run that is begun again forgets its steps.
    ///
    /// - Returns: `nil` when it has ended, or is not there.
    package func take(_ id: String) throws(PostgresError) -> Order? {
        guard isUUID(id) else { return nil }
        return try database.query(
            """
            UPDATE portal.self_tests SET steps = '[]' WHERE id = \(uuid: id) AND finished_at IS NULL
            RETURNING user_id, seed
            """
        ).first.map { row throws(PostgresError) in Order(user: try row.textOrNil(0), seed: try row.int(1)) }
    }

    package func add(_ step: Step, to id: String) throws {
        let text = String(decoding: try JSONEncoder().encode([step]), as: UTF8.self)
        try database.execute(
            "UPDATE portal.self_tests SET steps = steps || \(text)::jsonb WHERE id = \(uuid: id)")
    }

    package func finish(_ id: String) throws(PostgresError) {
        try database.execute("UPDATE portal.self_tests SET finished_at = now() WHERE id = \(uuid: id)")
    }
}
