import Postgres

/// Files studies, series and instances: the one place that writes those tables.
///
/// A batch is one transaction of set-based statements: look, insert what is missing in order of the UIDs, count only
/// what is truly new, lock the studies in order of their keys, and increment once at the very end.
package struct StudyFiling {
    let database: Connection

    package init(database: Connection) { self.database = database }

    /// Files a batch; durable when it returns.
    ///
    /// - Parameters:
    ///   - instances: each SOP Instance UID once.
    ///   - known: the Studies that were known a moment ago.
    ///   - beforeCounting: what must have happened before the commit, and takes time: by then the rows of the instances are
    ///     in, and nothing is locked that others wait for. It runs again when the transaction is tried again.
    /// - Returns: one outcome for each, in order.
    /// - Throws: `PostgresError`; then nothing of the batch is filed, unless the server went away during the commit;
    ///   what `beforeCounting` throws.
    package func file(
        _ instances: [FilingInstance], from filer: Filer, known: Set<String> = [],
        beforeCounting: () throws -> Void = {}
    ) throws -> [FilingOutcome] {
        guard !instances.isEmpty else { return [] }
        let studies = Self.firstOfEach(instances.map(\.study), by: \.uid)
        let names = studies.filter { !known.contains($0.uid) }
        let tokens = try FilingNameTokens(database: database).ids(ofNames: names.map(\.patientName))
        let nameTokens = Dictionary(uniqueKeysWithValues: zip(names.map(\.uid), tokens))
        // A grant takes the lock alone, so that neither misses what the other one makes visible.
        let lock = "SELECT pg_advisory_xact_lock_shared(4242001)"
        return try withoutActuallyEscaping(beforeCounting) { beforeCounting in
            let file = {
                try database.retryingTransaction(opening: lock) {
                    var transaction = FilingTransaction(
                        filing: self, filer: filer, nameTokens: nameTokens, beforeCounting: beforeCounting)
                    return try transaction.file(instances, of: studies)
                }
            }
            // A study that was nobody's and becomes a patient's may leave the lists of those who saw it; else filing adds.
            return filer.patient == nil ? try database.adding(file) : try file()
        }
    }

    /// Keeps the record of a file whose SOP Instance UID is known with other content.
    ///
    /// - Returns: `false` when the same content is recorded already.
    package func recordConflict(
        with instance: KnownInstance, objectKey: String, size: Int, sha256: [UInt8], route: String, user: String?,
        sender: String?
    ) throws -> Bool {
        try database.execute(
            """
            INSERT INTO portal.conflicts (instance_id, object_key, size, sha256, source)
            VALUES (\(instance.id), \(objectKey), \(size), \(sha256), jsonb_strip_nulls(jsonb_build_object(
                'route', \(route)::text, 'user', \(uuid: user), 'sender', \(uuid: sender))))
            ON CONFLICT DO NOTHING
            """) > 0
    }

    /// Whether a conflict of this content with this instance is recorded.
    package func hasConflict(with instance: KnownInstance, sha256: [UInt8]) throws -> Bool {
        try !database.query(
            "SELECT id FROM portal.conflicts WHERE instance_id = \(instance.id) AND sha256 = \(sha256)"
        ).isEmpty
    }

    /// Which of these object keys the index names: as an instance's original, or as a conflict's.
    package func referenced(_ keys: [String]) throws -> Set<String> {
        let rows = try database.query(
            """
            SELECT object_key FROM portal.instances WHERE object_key = ANY (\(keys)::text[])
            UNION SELECT object_key FROM portal.conflicts WHERE object_key = ANY (\(keys)::text[])
            """)
        return Set(try rows.map { try $0.text(0) })
    }

    /// The file of a patient, or the one that it is part of by now; `nil` when it is deleted. To be asked under the lock.
    func livingFile(_ patient: String) throws -> String? {
        try database.query("SELECT portal.living_file(\(uuid: patient))").first?.textOrNil(0)
    }

    static func firstOfEach<Value>(_ values: [Value], by key: (Value) -> String) -> [Value] {
        var seen: Set<String> = []
        return values.filter { seen.insert(key($0)).inserted }.sorted { key($0) < key($1) }
    }
}
