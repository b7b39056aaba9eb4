import Postgres

/// The record of who did what to whom, when and from where.
///
/// A change and its row are written in one transaction. Details hold names of fields and counts, never a patient's
/// attribute.
package struct Audit {
    package enum Action: String, Sendable {
        case signIn = "session.opened"
        case signInRefused = "session.refused"
        case signOut = "session.closed"
        case passwordChanged = "password.changed"
        case tokenMade = "token.made"
        case tokenRevoked = "token.revoked"
        case patientViewed = "patient.viewed"
        case patientMade = "patient.made"
        case patientChanged = "patient.changed"
        case patientRemoved = "patient.removed"
        case studyAttached = "study.attached"
        case studyDetached = "study.detached"
        case studyCorrected = "study.corrected"
        case userMade = "user.made"
        case userChanged = "user.changed"
        case userRemoved = "user.removed"
        case groupMade = "group.made"
        case groupChanged = "group.changed"
        case groupRemoved = "group.removed"
        case memberAdded = "member.added"
        case memberRemoved = "member.removed"
        case grantAdded = "grant.added"
        case grantRemoved = "grant.removed"
        case senderChanged = "sender.changed"
        case storeRefused = "store.refused"
        case instanceConflict = "instance.conflict"
        case importEnded = "import.ended"
    }

    private let database: Connection
    private let actor: String?
    private let address: String

    /// - Parameters:
    ///   - actor: the account; `nil` for a stranger or the machine's operator.
    ///   - address: of the client.
    package init(database: Connection, actor: String?, address: String) {
        self.database = database
        self.actor = actor
        self.address = address
    }

    /// - Parameter details: such as the id of the account or group that was changed.
    package func record(
        _ action: Action, patient: String? = nil, study: String? = nil, details: [String: String] = [:]
    ) throws(PostgresError) {
        let keys = details.keys.sorted()
        try database.execute(
            """
            INSERT INTO portal.audit (actor, action, patient, study, address, details)
            VALUES (\(uuid: actor), \(action.rawValue), \(uuid: patient), \(study), \(address),
                jsonb_object(\(keys)::text[], \(keys.map { details[$0] ?? "" })::text[]))
            """)
    }

    /// One row per person, patient and visit of half an hour.
    package func recordView(ofPatient patient: String) throws(PostgresError) {
        try database.execute(
            """
            INSERT INTO portal.audit (actor, action, patient, address)
            SELECT \(uuid: actor), \(Action.patientViewed.rawValue), \(uuid: patient), \(address)
            WHERE NOT EXISTS (
                SELECT FROM portal.audit WHERE actor = \(uuid: actor) AND patient = \(uuid: patient)
                    AND action = \(Action.patientViewed.rawValue) AND at > now() - interval '30 minutes')
            """)
    }
}
