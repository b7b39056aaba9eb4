import Postgres

/// Brings a database to the structure that this program expects.
package struct Migrations {
    /// The database holds steps that this program does not know: an older program met a newer database.
    package struct DatabaseIsNewer: Error, Sendable, CustomStringConvertible {
        let number: Int
        package var description: String {
            "The database has migration \(number), which this version of the program does not know: use a newer one."
        }
    }

    private static let all = [
        migration0001, migration0002, migration0003, migration0004, migration0005, migration0006, migration0007,
        migration0008, migration0009, migration0010, migration0011, migration0012, migration0013, migration0014,
        migration0015, migration0016, migration0017, migration0018, migration0019,
    ]

    private let database: Connection

    package init(database: Connection) { self.database = database }

    /// Applies what is missing, in one transaction: all of it or nothing. Safe to call at every start, by any number
    /// of processes.
    ///
    /// - Returns: the names of the steps that were applied now.
    package func apply() throws -> [String] {
        try database.transaction {
            try database.script("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
            try database.query("SELECT pg_advisory_xact_lock(\(AdvisoryLock.migrations))")
            try database.script(Self.record)
            let pending = try pending()
            for migration in pending {
                try database.script(migration.sql)
                try database.execute(
                    "INSERT INTO portal.migrations (number, name) VALUES (\(migration.number), \(migration.name))")
            }
            return pending.map { "\($0.number) \($0.name)" }
        }
    }

    private static let record = """
        CREATE SCHEMA IF NOT EXISTS portal;
        CREATE TABLE IF NOT EXISTS portal.migrations (
            number int PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
        );
        """

    private func pending() throws -> [Migration] {
        let applied = Set(
            try database.query("SELECT number FROM portal.migrations").map { row throws(PostgresError) in try row.int(0)
            })
        if let newest = applied.max(), newest > (Self.all.last?.number ?? 0) { throw DatabaseIsNewer(number: newest) }
        return Self.all.filter { !applied.contains($0.number) }
    }
}
