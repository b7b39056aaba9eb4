import Postgres

/// Whether what is done again and again is done.
package struct Upkeep {
    /// When something was last done, and whether that is too long ago.
    package struct Beat: Sendable, Equatable {
        package let at: String?
        package let isLate: Bool
    }

    /// Longer than any of it waits when all is well, in seconds.
    private static let patience = 60

    private let database: Connection

    package init(database: Connection) { self.database = database }

    /// Such as `15.14`.
    package func databaseVersion() throws(PostgresError) -> String {
        try database.query("SELECT split_part(current_setting('server_version'), ' ', 1)")[0].text(0)
    }

    /// The job loop seals the record every few seconds, so that job tells whether it runs.
    package func jobLoop() throws(PostgresError) -> Beat {
        let rows = try database.query(
            """
            SELECT portal.instant(run_after - every), coalesce(leased_until, run_after)
                < now() - make_interval(secs => \(Self.patience))
            FROM portal.jobs WHERE kind = 'audit.seal'
            """)
        return try rows.first.map { row throws(PostgresError) in Beat(at: try row.text(0), isLate: try row.bool(1)) }
            ?? Beat(at: nil, isLate: true)
    }

    /// Late when a row of the record waits for its seal.
    package func seals() throws(PostgresError) -> Beat {
        let rows = try database.query(
            """
            SELECT portal.instant(max(at)), coalesce((SELECT at < now() - make_interval(secs => \(Self.patience))
                FROM portal.audit WHERE id > coalesce((SELECT max(last_id) FROM portal.audit_seals), 0)
                ORDER BY id LIMIT 1), false)
            FROM portal.audit_seals WHERE number = (SELECT max(number) FROM portal.audit_seals)
            """)
        return Beat(at: try rows[0].textOrNil(0), isLate: try rows[0].bool(1))
    }
}
