import Postgres

/// The files of imports that are being received: what was declared, and how much of each is durable.
package struct ImportFiles {
    /// One file as its sender announces it.
    package struct Declared: Sendable, Equatable, Decodable {
        package let path: String
        /// In bytes.
        package let size: Int

        package init(path: String, size: Int) {
            self.path = path
            self.size = size
        }
    }

    /// One file as the portal holds it.
    package struct Entry: Sendable, Equatable, Encodable {
        /// Its place in the order of the declaration, from 0.
        package let n: Int
        package let path: String
        package let size: Int
        /// In bytes, from the beginning.
        package let received: Int
        /// Whether the portal has its bytes from elsewhere.
        package let known: Bool
        /// The name of its object under `incoming/`.
        package let object: String

        package var isComplete: Bool { received == size }

        private enum CodingKeys: String, CodingKey { case n, path, size, received, known }
    }

    /// An instance of the store with the same bytes as a file of an import.
    package struct Known: Sendable, Equatable {
        package let uid: String
        package let sopClass: String
        package let seriesUID: String
        package let studyUID: String
        package let sha256: [UInt8]
    }

    let database: Connection

    package init(database: Connection) { self.database = database }

    /// What all imports that are being received declare, in bytes. Until the transaction ends nobody else declares.
    package func declaredBytes() throws -> Int {
        try database.query("SELECT pg_advisory_xact_lock(\(AdvisoryLock.declaring))")
        return try database.query(
            "SELECT coalesce(sum(bytes_total), 0)::bigint FROM portal.imports WHERE state = 'receiving'"
        ).first?.int(0) ?? 0
    }

    /// Adds files behind those that are there.
    package func declare(_ files: [Declared], for id: String) throws {
        let bytes = files.reduce(0) { $0 + $1.size }
        try database.execute(
            """
            INSERT INTO portal.import_files (import, n, path, size)
            SELECT \(uuid: id), b.base + f.place - 1, f.path, f.size
            FROM unnest(\(files.map(\.path))::text[], \(files.map(\.size))::bigint[])
                    WITH ORDINALITY AS f (path, size, place),
                (SELECT coalesce(max(n) + 1, 0) AS base FROM portal.import_files WHERE import = \(uuid: id)) b
            """)
        try database.execute(
            "UPDATE portal.imports SET bytes_total = bytes_total + \(bytes) WHERE id = \(uuid: id)")
    }

    package func count(_ id: String) throws -> Int {
        try database.query("SELECT count(*) FROM portal.import_files WHERE import = \(uuid: id)").first?.int(0) ?? 0
    }

    /// How many files have neither come whole nor are known.
    package func missing(_ id: String) throws -> Int {
        try database.query(
            """
            SELECT count(*) FROM portal.import_files
            WHERE import = \(uuid: id) AND known IS NULL AND received < size
            """
        ).first?.int(0) ?? 0
    }

    package func find(_ n: Int, of id: String) throws -> Entry? {
        try database.query(
            "SELECT \(raw: Self.columns) FROM portal.import_files WHERE import = \(uuid: id) AND n = \(n)"
        ).first.map(Self.entry)
    }

    /// - Parameter after: a number; files behind it are wanted.
    package func list(_ id: String, after: Int = -1, limit: Int = .max) throws -> [Entry] {
        try database.query(
            """
            SELECT \(raw: Self.columns) FROM portal.import_files WHERE import = \(uuid: id) AND n > \(after)
            ORDER BY n LIMIT \(limit)
            """
        ).map(Self.entry)
    }

    /// Says how much of a file is durable.
    ///
    /// - Returns: `false` when the import is not being received any more.
    package func advance(_ n: Int, of id: String, to received: Int) throws -> Bool {
        try database.execute(
            """
            UPDATE portal.import_files SET received = \(received), received_at = now()
            WHERE import = \(uuid: id) AND n = \(n)
                AND EXISTS (SELECT FROM portal.imports WHERE id = \(uuid: id) AND state = 'receiving')
            """) == 1
    }

    /// Marks the files whose bytes the caller sees in the store.
    ///
    /// - Parameter hashes: SHA-256 by number.
    /// - Returns: the numbers of those.
    package func recognise(_ hashes: [(n: Int, sha256: [UInt8])], of id: String, for caller: Caller) throws -> [Int] {
        let rows = try database.query(
            """
            UPDATE portal.import_files f SET known = k.id, received_at = now() FROM (
                SELECT h.n, min(i.id) AS id FROM unnest(\(hashes.map(\.n))::int[], \(hashes.map(\.sha256))::bytea[])
                    AS h (n, sha256)
                JOIN portal.import_files f ON f.import = \(uuid: id) AND f.n = h.n
                JOIN portal.instances i ON i.sha256 = h.sha256 AND i.size = f.size
                JOIN portal.series se ON se.id = i.series_id
                JOIN portal.visible_studies v ON v.study_id = se.study_id AND v.scope_id = \(caller.scopeID)
                GROUP BY h.n) k
            WHERE f.import = \(uuid: id) AND f.n = k.n RETURNING f.n
            """)
        return try rows.map { try $0.int(0) }.sorted()
    }

    /// The instances behind the known files, by number. What is gone meanwhile is not among them.
    package func known(_ id: String) throws -> [Int: Known] {
        let rows = try database.query(
            """
            SELECT f.n, i.uid, i.sop_class, se.uid, s.uid, i.sha256 FROM portal.import_files f
            JOIN portal.instances i ON i.id = f.known JOIN portal.series se ON se.id = i.series_id
            JOIN portal.studies s ON s.id = se.study_id AND s.deleted IS NULL
            WHERE f.import = \(uuid: id)
            """)
        let found = try rows.map { row in
            (
                try row.int(0),
                Known(
                    uid: try row.text(1), sopClass: try row.text(2), seriesUID: try row.text(3),
                    studyUID: try row.text(4), sha256: try row.bytes(5))
            )
        }
        return Dictionary(found) { first, _ in first }
    }

    /// Forgets the files of an import; how much had come stays known.
    package func forget(_ id: String) throws {
        try database.execute(
            """
            UPDATE portal.imports i SET receipt = \(Self.receipt) WHERE id = \(uuid: id) AND receipt IS NULL
                AND EXISTS (SELECT FROM portal.import_files WHERE import = i.id)
            """)
        try database.execute("DELETE FROM portal.import_files WHERE import = \(uuid: id)")
    }

    /// The names of objects under `incoming/` that imports still need.
    package func awaited() throws -> [String] {
        try database.query(
            """
            SELECT f.object FROM portal.import_files f JOIN portal.imports i ON i.id = f.import
            WHERE i.state IN ('receiving', 'waiting', 'running')
            """
        ).map { try $0.text(0) }
    }

    /// Imports that have ended, and whose files nobody has forgotten yet.
    package func leftOver() throws -> [String] {
        try database.query(
            """
            SELECT id FROM portal.imports i WHERE state NOT IN ('receiving', 'waiting', 'running')
                AND EXISTS (SELECT FROM portal.import_files WHERE import = i.id)
            """
        ).map { try $0.text(0) }
    }

    /// How much has come, as members of the import's document.
    static let receipt: SQL = """
        (SELECT jsonb_build_object('filesTotal', count(*),
            'filesReceived', count(*) FILTER (WHERE known IS NULL AND received = size),
            'filesKnown', count(known), 'bytesReceived', coalesce(sum(received), 0))
        FROM portal.import_files WHERE import = i.id)
        """

    private static let columns = "n, path, size, received, known IS NOT NULL, object"

    private static func entry(_ row: Row) throws -> Entry {
        Entry(
            n: try row.int(0), path: try row.text(1), size: try row.int(2), received: try row.int(3),
            known: try row.bool(4), object: try row.text(5))
    }
}
