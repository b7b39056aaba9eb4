import Postgres

/// What was taken back with an import.
package struct UndoneImport: Sendable, Equatable, Encodable {
    package var instances = 0
    package var studies = 0
    package var patients = 0
}

/// Takes back what an import stored, while nothing else has touched it.
///
/// Whole studies and patients that the import made go into the deletions, from where they can be restored. A study that
/// has instances of other origin loses the import's for good. What a sidecar changed of a patient that was there stays.
package struct ImportUndo {
    /// Why an import cannot be taken back.
    package enum Refusal: Error, Sendable, Equatable {
        /// It has not ended, was interrupted, or is taken back already.
        case unavailable
        /// These were changed, deleted, attached or corrected since.
        case touched(studies: [String], patients: [String])
    }

    /// A study that the import stored into.
    private struct Part {
        let key: Int
        let uid: String
        let patient: String?
        let isTouched: Bool
        /// Whether all its instances are the import's.
        let isWhole: Bool
    }

    private let database: Connection
    private let caller: Caller
    private let records: ImportRecords
    private let audit: Audit

    package init(database: Connection, caller: Caller, address: String = "") {
        self.database = database
        self.caller = caller
        records = ImportRecords(database: database)
        audit = Audit(database: database, actor: caller.userID, address: address)
    }

    /// Notes how an import that has just ended leaves its studies and patients.
    ///
    /// - Parameter patients: what became of each, by its key.
    package func remember(_ id: String, patients: [(key: String, action: String)]) throws {
        try database.execute(
            """
            INSERT INTO portal.import_patients (import, patient, action, revision)
            SELECT \(uuid: id), p.id, a.action, p.revision
            FROM unnest(\(patients.map(\.key))::uuid[], \(patients.map(\.action))::text[]) AS a (patient, action)
            JOIN portal.patients p ON p.id = a.patient ON CONFLICT DO NOTHING
            """)
        try database.execute(
            """
            INSERT INTO portal.import_studies (import, study, patient, overlay)
            SELECT \(uuid: id), s.id, s.patient, s.overlay FROM portal.studies s
            WHERE s.id IN (SELECT se.study_id FROM portal.instances i JOIN portal.series se ON se.id = i.series_id
                WHERE i.import = \(uuid: id)) ON CONFLICT DO NOTHING
            """)
    }

    /// - Throws: `Refusal`; `PortalError.notFound`; 403 without `delete` for what somebody else brought.
    package func undo(_ id: String) throws -> UndoneImport {
        try Delegation(database: database, caller: caller).change {
            guard let held = try records.lock(id, for: caller) else { throw PortalError.notFound }
            guard [.done, .cancelled].contains(held.state), !held.isUndone else { throw Refusal.unavailable }
            let parts = try parts(of: id)
            let patients = try patients(of: id)
            let touched = parts.filter(\.isTouched)
            guard touched.isEmpty, !patients.contains(where: \.isTouched) else {
                throw Refusal.touched(
                    studies: touched.map(\.uid), patients: patients.filter(\.isTouched).map(\.key))
            }
            if !held.isOwn { try requireDelete(parts, patients.filter(\.isMade).map(\.key)) }
            var undone = UndoneImport()
            undone.instances = try instances(of: id)
            undone.studies = parts.count(where: \.isWhole)
            let gone = try removePatients(patients.filter(\.isMade).map(\.key), whole: parts.filter(\.isWhole))
            undone.patients = gone.count
            for part in parts where part.isWhole && !gone.contains(part.patient ?? "") { try remove(part) }
            try thin(parts.filter { !$0.isWhole }.map(\.key), of: id)
            try database.execute("UPDATE portal.imports SET undone_at = now() WHERE id = \(uuid: id)")
            try audit.record(
                .importUndone,
                details: [
                    "import": id, "instances": "\(undone.instances)", "studies": "\(undone.studies)",
                    "patients": "\(undone.patients)",
                ])
            return undone
        }
    }

    private func parts(of id: String) throws -> [Part] {
        try database.query(
            """
            SELECT s.id, s.uid, s.patient, s.deleted IS NOT NULL OR s.patient IS DISTINCT FROM m.patient
                    OR s.overlay IS DISTINCT FROM m.overlay, s.instance_count = c.mine
            FROM (SELECT se.study_id, count(*) AS mine FROM portal.instances i
                    JOIN portal.series se ON se.id = i.series_id WHERE i.import = \(uuid: id) GROUP BY se.study_id) c
            JOIN portal.studies s ON s.id = c.study_id
            LEFT JOIN portal.import_studies m ON m.import = \(uuid: id) AND m.study = s.id
            ORDER BY s.id FOR NO KEY UPDATE OF s
            """
        ).map { row in
            Part(
                key: try row.int(0), uid: try row.text(1), patient: try row.textOrNil(2), isTouched: try row.bool(3),
                isWhole: try row.bool(4))
        }
    }

    private func patients(of id: String) throws -> [(key: String, isMade: Bool, isTouched: Bool)] {
        try database.query(
            """
            SELECT p.id, m.action = 'created',
                p.revision <> m.revision OR p.deleted IS NOT NULL OR p.merged_into IS NOT NULL
            FROM portal.import_patients m JOIN portal.patients p ON p.id = m.patient WHERE m.import = \(uuid: id)
            ORDER BY p.id FOR NO KEY UPDATE OF p
            """
        ).map { (key: try $0.text(0), isMade: try $0.bool(1), isTouched: try $0.bool(2)) }
    }

    private func requireDelete(_ parts: [Part], _ patients: [String]) throws {
        let rights = Rights(database: database, caller: caller)
        for part in parts { try rights.require(.delete, study: part.uid) }
        for patient in patients { try rights.require(.delete, patient: patient) }
    }

    private func instances(of id: String) throws -> Int {
        try database.query("SELECT count(*) FROM portal.instances WHERE import = \(uuid: id)").first?.int(0) ?? 0
    }

    /// Deletes the patients that have nothing but whole studies of the import, with these.
    private func removePatients(_ patients: [String], whole: [Part]) throws -> Set<String> {
        let free = try database.query(
            """
            SELECT p.id FROM portal.patients p WHERE p.id = ANY (\(uuids: patients))
                AND NOT EXISTS (SELECT FROM portal.studies WHERE patient = p.id AND deleted IS NULL
                    AND id <> ALL (\(whole.map(\.key))::bigint[]))
                AND NOT EXISTS (SELECT FROM portal.merges WHERE target = p.id) ORDER BY p.id
            """
        ).map { try $0.text(0) }
        for patient in free {
            try database.query(
                "SELECT portal.delete_patient(\(uuid: patient), \(uuid: caller.userID), \(Deletions.days))")
            try audit.record(.patientRemoved, patient: patient)
        }
        return Set(free)
    }

    private func remove(_ part: Part) throws {
        try database.query("SELECT portal.delete_study(\(part.key), \(uuid: caller.userID), \(Deletions.days))")
        try audit.record(.studyRemoved, patient: part.patient, study: part.uid)
    }

    /// Takes the import's instances out of studies that keep others; the upkeep of the store removes the files.
    private func thin(_ studies: [Int], of id: String) throws {
        guard !studies.isEmpty else { return }
        try database.query("SELECT portal.remove_instances(\(uuid: id), \(studies)::bigint[])")
    }
}
