import Postgres

/// How much the portal holds, from counters alone.
package struct Storage {
    package struct Amount: Sendable, Equatable, Encodable {
        package let files: Int
        package let bytes: Int

        package init(files: Int, bytes: Int) { (self.files, self.bytes) = (files, bytes) }
    }

    /// A folder of the store as it was when it was counted.
    package struct Folder: Sendable, Equatable, Encodable {
        package let files: Int
        package let bytes: Int
        package let measuredAt: String
    }

    /// What was there at the end of a day (UTC) on which something came or went.
    package struct Day: Sendable, Equatable, Encodable {
        package let day: String
        package let files: Int
        package let bytes: Int
    }

    /// How many days with a change the growth tells.
    private static let remembered = 731

    private let database: Connection

    package init(database: Connection) { self.database = database }

    /// The stored files of instances, and with them what was there at the end of each day; the last day is as of now.
    package func growth() throws(PostgresError) -> [Day] {
        try database.query(
            """
            SELECT day::text, files, bytes FROM (
                SELECT day, (sum(sum(files)) OVER w)::bigint AS files, (sum(sum(bytes)) OVER w)::bigint AS bytes
                FROM (SELECT * FROM portal.storage_days UNION ALL SELECT * FROM portal.storage_deltas) d
                GROUP BY day WINDOW w AS (ORDER BY day)) t
            ORDER BY t.day DESC LIMIT \(Self.remembered)
            """
        ).reversed().map { row throws(PostgresError) in
            Day(day: try row.text(0), files: try row.int(1), bytes: try row.int(2))
        }
    }

    /// Second versions of instances that wait for a decision or were kept.
    package func conflicts() throws(PostgresError) -> Amount {
        let rows = try database.query("SELECT count(*), coalesce(sum(size), 0)::bigint FROM portal.conflicts")
        return Amount(files: try rows[0].int(0), bytes: try rows[0].int(1))
    }

    /// What the database takes on its disk, in bytes.
    package func databaseSize() throws(PostgresError) -> Int {
        try database.query("SELECT pg_database_size(current_database())")[0].int(0)
    }

    /// The last count of a folder of the store; `nil` before the first.
    package func folder(_ name: String) throws(PostgresError) -> Folder? {
        try database.query(
            "SELECT files, bytes, portal.instant(measured_at) FROM portal.store_folders WHERE folder = \(name)"
        ).first.map { row throws(PostgresError) in
            Folder(files: try row.int(0), bytes: try row.int(1), measuredAt: try row.text(2))
        }
    }

    /// Notes what a folder of the store holds now.
    package func note(_ folder: String, _ amount: Amount) throws(PostgresError) {
        try database.execute(
            """
            INSERT INTO portal.store_folders VALUES (\(folder), \(amount.files), \(amount.bytes), now())
            ON CONFLICT (folder) DO UPDATE
                SET files = excluded.files, bytes = excluded.bytes, measured_at = excluded.measured_at
            """)
    }
}
