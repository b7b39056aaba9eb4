import Postgres

/// What an import's sidecars look up.
package struct FilingPatients {
    private let database: Connection

    package init(database: Connection) { self.database = database }

    /// The key of a patient, hidden or not; of the file that it is part of, when it was merged.
    ///
    /// - Parameters:
    ///   - patientID: the trade's id.
    ///   - issuer: empty when the portal's own.
    package func key(of patientID: String, issuer: String) throws -> String? {
        try database.query("SELECT portal.patient_of(\(patientID), \(issuer))").first?.textOrNil(0)
    }

    /// The code of a status that is written as its code or its label in either language.
    package func statusCode(_ text: String) throws -> String? {
        try database.query(
            """
            SELECT code FROM portal.statuses WHERE \(text) = code OR portal.fold(\(text)) IN
                (portal.fold(code), portal.fold(label_fr), portal.fold(label_en)) ORDER BY position LIMIT 1
            """
        ).first?.text(0)
    }

    /// Whether a name of the trade can be this person's.
    package func namesAgree(_ name: String, last: String, birth: String, first: String) throws -> Bool {
        try database.query("SELECT portal.names_agree(\(name), \(last), \(birth), \(first))").first?.bool(0) ?? true
    }

    /// The key of a group.
    package func group(named name: String) throws -> String? {
        try database.query("SELECT id FROM portal.groups WHERE lower(name) = lower(\(name))").first?.text(0)
    }
}
