import Postgres

/// What self-tests leave, and its removal: no list and no bin of deletions shows any of it afterwards. The record keeps
/// what was done.
package struct SelfTestTraces {
    private let database: Connection
    private let deletions: Deletions

    package init(database: Connection) {
        self.database = database
        deletions = Deletions(database: database, caller: .atTheMachine)
    }

    /// A token of the person who asked, for some minutes; it reads and stores, no more.
    package func makeToken(for user: String, test id: String) throws -> String {
        let secret = Secret.random()
        try database.execute(
            """
            INSERT INTO portal.sessions (token_hash, user_id, kind, name, expires_at)
            VALUES (\(secret.hash), \(uuid: user), 'token', \(Self.tokenName(id)), now() + interval '5 minutes')
            """)
        return secret.text
    }

    /// Removes a study for good.
    ///
    /// - Returns: the keys of its files, which nothing refers to any more.
    package func remove(study uid: String) throws -> [String] {
        let keys = try database.query(
            """
            SELECT i.object_key FROM portal.instances i JOIN portal.series e ON e.id = i.series_id
            JOIN portal.studies s ON s.id = e.study_id WHERE s.uid = \(uid)
            """
        ).map { try $0.text(0) }
        guard !keys.isEmpty else { return [] }
        try deletions.purge(deletions.delete(study: uid))
        return keys
    }

    /// Removes what is left once the studies are gone: the patient, the sender, the import and the token.
    ///
    /// - Parameter imported: the import's id.
    package func removeRest(test id: String, patientID: String, imported: String) throws {
        let patients = try database.query(
            "SELECT id FROM portal.patients WHERE patient_id = \(patientID) AND deleted IS NULL")
        for row in patients { try deletions.purge(deletions.delete(patient: try row.text(0)) { _ in }) }
        try database.execute(
            """
            DELETE FROM portal.imports WHERE id = \(uuid: imported) OR name = \(Self.importName) AND state = 'cancelled'
                AND user_id = (SELECT user_id FROM portal.self_tests WHERE id = \(uuid: id))
            """)
        try database.execute(
            """
            DELETE FROM portal.senders WHERE ae_title = \(Self.aeTitle)
                AND first_seen >= (SELECT started_at FROM portal.self_tests WHERE id = \(uuid: id))
            """)
        try database.execute("DELETE FROM portal.sessions WHERE kind = 'token' AND name = \(Self.tokenName(id))")
    }

    /// What a self-test calls its imports.
    package static let importName = "SELFTEST"

    /// The AE title that a self-test calls itself.
    package static let aeTitle = "SELFTEST"

    private static func tokenName(_ id: String) -> String { "selftest \(id)" }
}
