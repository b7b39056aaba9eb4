import Postgres

/// The record of imports: who brought what, how far it is, and what became of it.
///
/// A process that runs an import holds a session lock on it. When the process is gone, so is the lock, and whoever
/// looks next marks the import as interrupted: what it had stored stays.
package struct ImportRecords {
    package enum State: String, Sendable {
        /// Its files come one by one.
        case receiving
        /// All has come; the job loop will take it.
        case waiting
        case running, done, interrupted, failed, cancelled

        /// Whether there is a report to come.
        package var isOpen: Bool { [.receiving, .waiting, .running].contains(self) }
    }

    /// One import without its report.
    package struct Entry: Sendable, Equatable {
        package let id: String
        package let state: State
        package let name: String
        package let bytesTotal: Int
        package let bytesDone: Int
        /// A JSON object.
        package let counts: String
        package let startedAt: String
        package let finishedAt: String?
    }

    private let database: Connection

    package init(database: Connection) { self.database = database }

    /// Begins an import.
    ///
    /// - Parameter id: a UUID that the caller chose, so that progress can be asked for while the request runs.
    /// - Returns: `false` when an import with this id is there.
    package func begin(_ id: String, by caller: Caller, name: String, bytesTotal: Int) throws -> Bool {
        guard try hold(id) else { return false }
        let isNew =
            try database.execute(
                """
                INSERT INTO portal.imports (id, user_id, state, name, bytes_total)
                VALUES (\(uuid: id), \(uuid: caller.userID), 'running', left(\(name), 200), \(bytesTotal))
                ON CONFLICT (id) DO NOTHING
                """) == 1
        if !isNew { try release(id) }
        return isNew
    }

    /// Says that this process runs the import from now on.
    ///
    /// - Returns: `false` when another one does.
    package func hold(_ id: String) throws -> Bool {
        try database.query("SELECT pg_try_advisory_lock(\(AdvisoryLock.imports), hashtext(\(id)))").first?.bool(0)
            ?? false
    }

    package func release(_ id: String) throws {
        try database.query("SELECT pg_advisory_unlock(\(AdvisoryLock.imports), hashtext(\(id)))")
    }

    /// Begins an import whose files come one by one.
    package func beginReceiving(_ id: String, by caller: Caller, name: String, onExisting: String) throws {
        try database.execute(
            """
            INSERT INTO portal.imports (id, user_id, state, name, on_existing)
            VALUES (\(uuid: id), \(uuid: caller.userID), 'receiving', left(\(name), 200), \(onExisting))
            """)
    }

    /// What an import is and whose, until the transaction ends.
    ///
    /// - Returns: `nil` when it is absent, or not the caller's to change.
    package func lock(_ id: String, for caller: Caller) throws -> Held? {
        try held(id, for: caller, locking: " FOR NO KEY UPDATE")
    }

    package func look(_ id: String, for caller: Caller) throws -> Held? { try held(id, for: caller, locking: "") }

    private func held(_ id: String, for caller: Caller, locking: SQL) throws -> Held? {
        guard isUUID(id) else { return nil }
        let rows = try database.query(
            """
            SELECT state, name, on_existing, coalesce(user_id = \(uuid: caller.userID), false), undone_at IS NOT NULL
            FROM portal.imports i WHERE id = \(uuid: id) AND \(Self.visible(to: caller))
            """ + locking)
        return try rows.first.map { row in
            Held(
                state: State(rawValue: try row.text(0)) ?? .failed, name: try row.text(1),
                onExisting: try row.text(2), isOwn: try row.bool(3), isUndone: try row.bool(4))
        }
    }

    /// What has to be known of an import to change it.
    package struct Held: Sendable, Equatable {
        package let state: State
        package let name: String
        package let onExisting: String
        /// Whether the caller brought it.
        package let isOwn: Bool
        package let isUndone: Bool
    }

    package func change(_ id: String, to state: State) throws {
        try database.execute(
            """
            UPDATE portal.imports SET state = \(state.rawValue),
                finished_at = CASE WHEN \(state.rawValue) = 'cancelled' THEN now() END
            WHERE id = \(uuid: id)
            """)
    }

    /// Says that the import is being stored.
    ///
    /// - Returns: `false` when it was cancelled meanwhile.
    package func start(_ id: String) throws -> Bool {
        try database.execute(
            "UPDATE portal.imports SET state = 'running' WHERE id = \(uuid: id) AND state IN ('waiting', 'running')"
        ) == 1
    }

    /// Imports that are being received, and of which nothing came for so many days.
    package func silent(days: Int) throws -> [String] {
        try database.query(
            """
            SELECT id FROM portal.imports i WHERE state = 'receiving'
                AND started_at < now() - make_interval(days => \(days))
                AND NOT EXISTS (SELECT FROM portal.import_files WHERE import = i.id
                    AND received_at > now() - make_interval(days => \(days)))
            """
        ).map { try $0.text(0) }
    }

    package func name(_ id: String, _ name: String) throws {
        try database.execute("UPDATE portal.imports SET name = left(\(name), 200) WHERE id = \(uuid: id)")
    }

    /// Says how much of the request has come.
    package func receive(_ id: String, bytes: Int) throws {
        try database.execute(
            """
            UPDATE portal.imports SET counts = jsonb_build_object('received', \(bytes)::bigint) WHERE id = \(uuid: id)
            """)
    }

    /// - Parameter counts: a JSON object.
    /// - Returns: `false` when the import was cancelled.
    package func advance(_ id: String, bytesDone: Int, bytesTotal: Int, counts: String) throws -> Bool {
        try database.execute(
            """
            UPDATE portal.imports SET bytes_done = \(bytesDone), bytes_total = \(bytesTotal), counts = \(counts)::jsonb
            WHERE id = \(uuid: id) AND state = 'running'
            """) == 1
    }

    /// - Parameter report: a JSON object.
    package func finish(_ id: String, _ state: State, report: String) throws {
        try database.execute(
            """
            UPDATE portal.imports SET state = \(state.rawValue), finished_at = now(), report = \(report)::jsonb,
                counts = coalesce(\(report)::jsonb -> 'counts', counts),
                bytes_done = CASE WHEN \(state.rawValue) = 'done' THEN bytes_total ELSE bytes_done END
            WHERE id = \(uuid: id)
            """)
        try release(id)
    }

    /// One import with its report; a caller sees its own, and `administer` on all shows all.
    package func find(_ id: String, for caller: Caller) throws -> (entry: Entry, report: String, receipt: String)? {
        let rows = try database.query(
            """
            SELECT \(raw: Self.columns), report::text, 
                (coalesce(receipt, \(ImportFiles.receipt))
                    || jsonb_build_object('undoneAt', portal.instant(undone_at)))::text
            FROM portal.imports i WHERE id = \(uuid: id) AND \(Self.visible(to: caller))
            """)
        return try rows.first.map { (try Self.entry($0), try $0.text(8), try $0.text(9)) }
    }

    /// Imports, the newest first.
    ///
    /// - Parameter after: the cursor of the last page, the id of its last entry.
    package func list(for caller: Caller, limit: Int, after: String?) throws -> [Entry] {
        let rows = try database.query(
            """
            SELECT \(raw: Self.columns) FROM portal.imports i
            WHERE \(Self.visible(to: caller)) AND (\(uuid: after) IS NULL OR (started_at, id) <
                (SELECT started_at, id FROM portal.imports WHERE id = \(uuid: after)))
            ORDER BY started_at DESC, id DESC LIMIT \(limit)
            """)
        return try rows.map(Self.entry)
    }

    /// Marks imports whose process is gone. One that waits for the job loop is not gone.
    package func markInterrupted() throws {
        let running = try database.query(
            """
            SELECT id::text FROM portal.imports i WHERE state = 'running' AND NOT EXISTS (
                SELECT FROM portal.jobs WHERE kind = 'import.run' AND arguments ->> 'import' = i.id::text)
            """
        ).map { try $0.text(0) }
        for id in running {
            try database.execute(
                """
                UPDATE portal.imports SET state = 'interrupted', finished_at = now()
                WHERE id = \(uuid: id) AND state = 'running'
                    AND pg_try_advisory_xact_lock(\(AdvisoryLock.imports), hashtext(\(id)))
                """)
        }
    }

    /// Keys under `incoming/` that imports wait for.
    package func awaitedFiles() throws -> Set<String> {
        let rows = try database.query(
            "SELECT arguments ->> 'file' FROM portal.jobs WHERE kind = 'import.run' AND arguments ->> 'file' <> ''")
        let received = try ImportFiles(database: database).awaited()
        return Set(try rows.map { try $0.text(0) } + received.map { "incoming/\($0)" })
    }

    private static let columns = """
        id::text, state, name, bytes_total, bytes_done, counts::text, portal.instant(started_at),
        portal.instant(finished_at)
        """

    private static func visible(to caller: Caller) -> SQL {
        caller.holdsOnAll(.administer) ? "true" : "user_id = \(uuid: caller.userID)"
    }

    private static func entry(_ row: Row) throws -> Entry {
        Entry(
            id: try row.text(0), state: State(rawValue: try row.text(1)) ?? .failed, name: try row.text(2),
            bytesTotal: try row.int(3), bytesDone: try row.int(4), counts: try row.text(5),
            startedAt: try row.text(6), finishedAt: try row.textOrNil(7))
    }
}
