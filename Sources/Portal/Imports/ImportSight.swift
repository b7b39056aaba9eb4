import Postgres

/// An instance that a caller sees, for who asks whether it is there.
package struct VisibleInstance: Sendable, Equatable {
    /// Of the file, in bytes.
    package let size: Int
}

/// A study that a caller sees.
package struct VisibleStudy: Sendable, Equatable {
    /// The trade's id of its patient.
    package let patientID: String?
    /// Whether the caller may add to it.
    package let isOpen: Bool
}

/// What of an import is there already, as far as its caller sees.
package struct ImportSight {
    private let database: Connection
    private let caller: Caller

    package init(database: Connection, caller: Caller) {
        self.database = database
        self.caller = caller
    }

    /// - Returns: by SOP Instance UID.
    package func instances(_ uids: [String]) throws -> [String: VisibleInstance] {
        let rows = try database.query(
            """
            SELECT i.uid, i.size FROM portal.instances i JOIN portal.series se ON se.id = i.series_id
            JOIN portal.visible_studies v ON v.study_id = se.study_id AND v.scope_id = \(caller.scopeID)
            WHERE i.uid = ANY (\(uids)::text[])
            """)
        let found = try rows.map { (try $0.text(0), VisibleInstance(size: try $0.int(1))) }
        return Dictionary(found) { first, _ in first }
    }

    /// Where instances are, and whose.
    ///
    /// - Returns: by SOP Instance UID; the patient is the trade's id.
    package func places(of uids: [String]) throws -> [String: (studyUID: String, patientID: String?)] {
        let rows = try database.query(
            """
            SELECT i.uid, s.uid, p.patient_id FROM portal.instances i JOIN portal.series se ON se.id = i.series_id
            JOIN portal.studies s ON s.id = se.study_id
            JOIN portal.visible_studies v ON v.study_id = s.id AND v.scope_id = \(caller.scopeID)
            LEFT JOIN portal.patients p ON p.id = s.patient
            WHERE i.uid = ANY (\(uids)::text[])
            """)
        let found = try rows.map { (try $0.text(0), (studyUID: try $0.text(1), patientID: try $0.textOrNil(2))) }
        return Dictionary(found) { first, _ in first }
    }

    /// - Returns: by Study Instance UID.
    package func studies(_ uids: Set<String>) throws -> [String: VisibleStudy] {
        let rows = try database.query(
            """
            SELECT s.uid, p.patient_id FROM portal.studies s
            JOIN portal.visible_studies v ON v.study_id = s.id AND v.scope_id = \(caller.scopeID)
            LEFT JOIN portal.patients p ON p.id = s.patient
            WHERE s.uid = ANY (\(uids.sorted())::text[])
            """)
        guard let user = caller.userID, !rows.isEmpty else { return [:] }
        let filer = Filer(kind: .user(id: user), mayCreatePatients: false)
        let standings = try StudyFiling(database: database).standings(of: rows.map { try $0.text(0) }, for: filer)
        let found = try rows.map { row in
            let uid = try row.text(0)
            return (
                uid, VisibleStudy(patientID: try row.textOrNil(1), isOpen: standings[uid]?.isOpen ?? false)
            )
        }
        return Dictionary(found) { first, _ in first }
    }
}
