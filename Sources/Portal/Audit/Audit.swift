import Postgres

/// The record of who did what to whom, when and from where.
///
/// A change and its row are written in one transaction. Details hold names of fields and counts, never a patient's
/// attribute. Rows are only appended, and `AuditChain` seals them.
package struct Audit {
    private let database: Connection
    private let actor: String?
    private let sender: String?
    private let address: String

    /// - Parameters:
    ///   - actor: the account; `nil` for a stranger, a sender or the machine's operator.
    ///   - sender: the DICOM sender, where no account acts.
    ///   - address: of the client.
    package init(database: Connection, actor: String?, sender: String? = nil, address: String) {
        self.database = database
        self.actor = actor
        self.sender = sender
        self.address = address
    }

    /// - Parameter details: such as the id of the account or group that was changed.
    package func record(
        _ action: Action, patient: String? = nil, study: String? = nil, details: [String: String] = [:]
    ) throws(PostgresError) {
        let keys = details.keys.sorted()
        try add(
            """
            INSERT INTO portal.audit (actor, sender, action, patient, study, address, details)
            VALUES (\(uuid: actor), \(uuid: sender), \(action.rawValue), \(uuid: patient), \(study), \(address),
                jsonb_object(\(keys)::text[], \(keys.map { details[$0] ?? "" })::text[]))
            """)
    }

    /// Notes what happens again and again, once in half an hour for the same person and thing.
    package func recordVisit(_ action: Action, patient: String? = nil, study: String? = nil) throws(PostgresError) {
        try add(
            """
            SELECT portal.note_visit(\(action.rawValue), \(uuid: actor), \(uuid: sender), \(study), \(uuid: patient),
                \(address))
            """)
    }

    /// The record is nothing that anybody's rights depend on.
    private func add(_ sql: SQL) throws(PostgresError) {
        try database.adding { () throws(PostgresError) in _ = try database.query(sql) }
    }
}
