import Postgres

/// Work that nobody waits for: rows written in the transaction of their cause, taken by the job loop under a lease.
package struct Jobs {
    /// A job that this process may run until its lease ends.
    package struct Leased: Sendable, Equatable {
        package let id: Int
        package let kind: String
        /// A JSON object in UTF-8.
        package let arguments: [UInt8]
        /// How often it was begun, this time included.
        package let attempts: Int
        let requests: Int
    }

    /// One row, for the page of what runs.
    package struct Entry: Sendable, Equatable, Encodable {
        package let id: Int
        package let kind: String
        package let running: Bool
        package let runAfter: String
        package let attempts: Int
        @Nullable package private(set) var lastError: String?
        package let createdAt: String
    }

    /// The channel that is notified when a job is due at once.
    package static let channel = "portal_jobs"

    private let database: Connection

    package init(database: Connection) { self.database = database }

    /// Asks for a job; equal kind and arguments are one row. One that is running then runs once more.
    ///
    /// - Parameters:
    ///   - arguments: a JSON object.
    ///   - delay: in seconds; 0 wakes the job loop when the transaction commits.
    package func request(_ kind: String, arguments: String = "{}", delay: Int = 0) throws(PostgresError) {
        try execute(
            """
            INSERT INTO portal.jobs (kind, arguments, run_after)
            VALUES (\(kind), \(arguments)::jsonb, now() + make_interval(secs => \(delay)))
            ON CONFLICT (kind, arguments) DO UPDATE
                SET requests = jobs.requests + 1, run_after = least(jobs.run_after, excluded.run_after)
            """)
        // Transactions that notify take turns at their commit, so only what is urgent does.
        if delay == 0 { try database.query("SELECT pg_notify(\(Self.channel), \(kind))") }
    }

    /// Takes the job that has been due longest.
    ///
    /// - Parameters:
    ///   - kinds: the kinds that the caller can run.
    ///   - seconds: how long the lease holds; a job that is not finished by then is taken again.
    package func lease(kinds: [String], seconds: Int) throws(PostgresError) -> Leased? {
        let rows = try query(
            """
            UPDATE portal.jobs j
            SET leased_until = now() + make_interval(secs => \(seconds)), attempts = attempts + 1
            WHERE id = (
                SELECT id FROM portal.jobs
                WHERE kind = ANY(\(kinds)) AND run_after <= now() AND (leased_until IS NULL OR leased_until < now())
                ORDER BY run_after LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, kind, arguments, attempts, requests
            """)
        return try rows.first.map { row throws(PostgresError) in
            Leased(
                id: try row.int(0), kind: try row.text(1), arguments: Array(try row.text(2).utf8),
                attempts: try row.int(3), requests: try row.int(4))
        }
    }

    /// Prolongs a lease while the work goes on.
    ///
    /// - Returns: false when the job was taken by another process or is gone.
    package func prolong(_ job: Leased, seconds: Int) throws(PostgresError) -> Bool {
        try execute(
            """
            UPDATE portal.jobs SET leased_until = now() + make_interval(secs => \(seconds))
            WHERE id = \(job.id) AND attempts = \(job.attempts)
            """) == 1
    }

    /// Ends a job that succeeded: the row goes, unless the job repeats or was asked for again meanwhile.
    package func finish(_ job: Leased) throws(PostgresError) {
        let removed = try execute(
            """
            DELETE FROM portal.jobs
            WHERE id = \(job.id) AND attempts = \(job.attempts) AND requests = \(job.requests) AND every IS NULL
            """)
        guard removed == 0 else { return }
        try execute(
            """
            UPDATE portal.jobs SET leased_until = NULL, attempts = 0, last_error = NULL,
                run_after = CASE WHEN requests <> \(job.requests) OR every IS NULL THEN now() ELSE now() + every END
            WHERE id = \(job.id) AND attempts = \(job.attempts)
            """)
    }

    /// Gives a job back after a failure; it is tried again later, each time after a longer pause (at most an hour).
    ///
    /// - Parameter error: a sentence without a patient's attributes.
    package func fail(_ job: Leased, error: String) throws(PostgresError) {
        try execute(
            """
            UPDATE portal.jobs SET leased_until = NULL, last_error = left(\(error), 500),
                run_after = now() + least(interval '1 hour', interval '2 seconds' * power(2, least(attempts, 12)))
            WHERE id = \(job.id) AND attempts = \(job.attempts)
            """)
    }

    /// What waits and runs, what is due first at the head; at most 200.
    package func list() throws(PostgresError) -> [Entry] {
        try database.query(
            """
            SELECT id, kind, coalesce(leased_until > now(), false), portal.instant(run_after), attempts, last_error,
                portal.instant(created_at)
            FROM portal.jobs ORDER BY run_after, id LIMIT 200
            """
        ).map { row throws(PostgresError) in
            Entry(
                id: try row.int(0), kind: try row.text(1), running: try row.bool(2), runAfter: try row.text(3),
                attempts: try row.int(4), lastError: try row.textOrNil(5), createdAt: try row.text(6))
        }
    }

    // Who calls and where an instance is does not depend on the list of jobs, at which every process looks all the time.

    @discardableResult
    private func execute(_ sql: SQL) throws(PostgresError) -> Int {
        try database.adding { () throws(PostgresError) in try database.execute(sql) }
    }

    private func query(_ sql: SQL) throws(PostgresError) -> [Row] {
        try database.adding { () throws(PostgresError) in try database.query(sql) }
    }
}
