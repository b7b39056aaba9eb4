import Postgres

/// A file that came under the SOP Instance UID of another one, as a list shows it.
package struct ConflictEntry: Sendable, Equatable, Encodable {
    package let id: String
    package let sopInstanceUID: String
    package let studyInstanceUID: String
    @Nullable package private(set) var patient: AuditEntry.Patient?
    package let receivedAt: String
    /// By which door, and who brought it.
    package let source: FreeJSON
    /// In bytes.
    package let size: Int
    @Nullable package private(set) var resolvedAt: String?
    @Nullable package private(set) var kept: String?
}

/// One of the two files of a conflict.
package struct ConflictFile: Sendable, Equatable {
    package let objectKey: String
    /// In bytes.
    package let size: Int
    package let sha256: [UInt8]
    package let storedAt: String
}

/// The files that arrived under a known SOP Instance UID with another content.
package struct ConflictRecords {
    package enum Keep: String, Sendable, Codable { case first, second }

    /// Both files of a conflict.
    package struct Found: Sendable, Equatable {
        package let entry: ConflictEntry
        /// The key of the instance.
        package let instance: Int
        package let seriesUID: String
        /// Of the second file's text where it does not tell, as its sender's is set.
        package let charset: String
        package let first: ConflictFile
        package let second: ConflictFile
    }

    private let database: Connection
    private let caller: Caller

    package init(database: Connection, caller: Caller) {
        self.database = database
        self.caller = caller
    }

    /// The newest first.
    ///
    /// - Parameter isResolved: `nil` for all.
    package func list(isResolved: Bool?, _ page: PageRequest) throws -> Page<ConflictEntry> {
        var condition: SQL = "true"
        if let isResolved { condition = isResolved ? "c.resolved_at IS NOT NULL" : "c.resolved_at IS NULL" }
        if let cursor = try page.cursorOfRow() {
            condition += " AND (c.received_at, c.id) < (\(cursor.parts[0])::timestamptz, \(uuid: cursor.parts[1]))"
        }
        let found = try rows(where: condition, limit: page.limit + 1)
        let items = try found.prefix(page.limit).map(Self.entry)
        let next = try found.count > page.limit ? found[page.limit - 1].text(12) : nil
        return Page(items: items, next: next.flatMap { at in items.last.map { Cursor(at, $0.id).text } }, total: nil)
    }

    package func find(_ id: String) throws -> Found? {
        guard isUUID(id) else { return nil }
        return try rows(where: "c.id = \(uuid: id)", limit: 1).first.map { row in
            Found(
                entry: try Self.entry(row), instance: try row.int(13), seriesUID: try row.text(14),
                charset: try row.text(21),
                first: ConflictFile(
                    objectKey: try row.text(15), size: try row.int(16), sha256: try row.bytes(17),
                    storedAt: try row.text(18)),
                second: ConflictFile(
                    objectKey: try row.text(19), size: try row.int(8), sha256: try row.bytes(20),
                    storedAt: try row.text(6)))
        }
    }

    /// Decides a conflict.
    ///
    /// - Returns: `false` when somebody was faster.
    package func resolve(_ id: String, keeping kept: Keep) throws -> Bool {
        try database.execute(
            """
            UPDATE portal.conflicts SET resolved_at = now(), kept = \(kept.rawValue)
            WHERE id = \(uuid: id) AND resolved_at IS NULL
            """) == 1
    }

    /// Lets an instance's row and a conflict's change places: the other file is the stored one from now on.
    ///
    /// - Parameter instance: what the other file says, under the same UIDs.
    package func swap(_ found: Found, with instance: FilingInstance) throws {
        try database.execute(
            """
            UPDATE portal.conflicts SET object_key = \(found.first.objectKey), size = \(found.first.size),
                sha256 = \(found.first.sha256) WHERE id = \(uuid: found.entry.id)
            """)
        try database.execute(
            """
            UPDATE portal.instances i SET sop_class = \(instance.sopClass), number = \(instance.number),
                rows = \(instance.rows), columns = \(instance.columns), frame_count = \(instance.frameCount),
                transfer_syntax = \(instance.transferSyntax), object_key = \(found.second.objectKey),
                attributes = \(instance.attributes)::jsonb || portal.differing(\(instance.others)::jsonb, se.shared),
                size = \(instance.size), data_set_offset = \(instance.dataSetOffset), metadata = \(instance.metadata),
                frames = \(instance.frames), sha256 = \(instance.sha256), stored_at = now()
            FROM portal.series se WHERE i.id = \(found.instance) AND se.id = i.series_id
            """)
        try database.execute(
            """
            WITH s AS (UPDATE portal.series SET revision = revision + 1, updated_at = now()
                WHERE id = (SELECT series_id FROM portal.instances WHERE id = \(found.instance)) RETURNING study_id)
            UPDATE portal.studies SET revision = revision + 1, updated_at = now() WHERE id = (SELECT study_id FROM s)
            """)
    }

    /// Lets nobody else change a study until the transaction ends, in the order that filing locks.
    package func lockStudy(_ uid: String) throws {
        try database.query("SELECT id FROM portal.studies WHERE uid = \(uid) FOR NO KEY UPDATE")
    }

    private func rows(where condition: SQL, limit: Int) throws -> [Row] {
        try database.query(
            """
            SELECT c.id, i.uid, s.uid, s.patient, CASE WHEN v.patient IS NOT NULL THEN p.patient_id END, p.last_name,
                portal.instant(c.received_at), c.source::text, c.size, portal.instant(c.resolved_at), c.kept,
                p.first_name, c.received_at::text, i.id, se.uid, i.object_key, i.size, i.sha256,
                portal.instant(i.stored_at), c.object_key, c.sha256, coalesce(x.charset, '')
            FROM portal.conflicts c JOIN portal.instances i ON i.id = c.instance_id
            JOIN portal.series se ON se.id = i.series_id JOIN portal.studies s ON s.id = se.study_id
            LEFT JOIN portal.senders x ON x.id = (c.source ->> 'sender')::uuid
            LEFT JOIN portal.patients p ON p.id = s.patient
            LEFT JOIN portal.visible_patients v ON v.patient = s.patient AND v.scope_id = \(caller.scopeID)
            WHERE \(condition) ORDER BY c.received_at DESC, c.id DESC LIMIT \(limit)
            """, planning: .custom)
    }

    private static func entry(_ row: Row) throws -> ConflictEntry {
        return ConflictEntry(
            id: try row.text(0), sopInstanceUID: try row.text(1), studyInstanceUID: try row.text(2),
            patient: try AuditEntry.Patient(row, id: 3, patientId: 4, lastName: 5, firstName: 11),
            receivedAt: try row.text(6), source: try FreeJSON(text: try row.text(7)), size: try row.int(8),
            resolvedAt: try row.textOrNil(9), kept: try row.textOrNil(10))
    }
}
