import DICOM
import Postgres

extension Exports {
    /// All that the caller sees.
    package func everything() throws -> ExportSelection {
        let patients = try database.query(
            "SELECT patient FROM portal.visible_patients WHERE scope_id = \(caller.scopeID)")
        let studies = try database.query(
            """
            SELECT s.uid FROM portal.visible_studies v JOIN portal.studies s ON s.id = v.study_id
            WHERE v.scope_id = \(caller.scopeID) AND v.patient IS NULL
            """)
        return ExportSelection(
            patients: try patients.map { try $0.text(0) }, studies: try studies.map { try $0.text(0) })
    }

    /// The keys of the patients with this id of the trade, of whatever issuer.
    package func patients(named patientID: String) throws -> [String] {
        try database.query(
            """
            SELECT p.id FROM portal.patients p JOIN portal.visible_patients v ON v.patient = p.id
            WHERE p.patient_id = \(patientID) AND v.scope_id = \(caller.scopeID)
            """
        ).map { try $0.text(0) }
    }

    /// The folders of an export by the patients' ids; what equal portals hold gives equal lists.
    package func folders(of selection: ExportSelection) throws -> [ExportFolder] {
        try database.query(
            """
            SELECT f.patient, f.studies FROM (
                SELECT patient, array_remove(array_agg(uid ORDER BY uid), NULL) AS studies FROM (
                    SELECT s.patient, s.uid FROM portal.studies s JOIN portal.visible_studies v ON v.study_id = s.id
                    WHERE v.scope_id = \(caller.scopeID)
                        AND (s.patient = ANY (\(uuids: selection.patients)) OR s.uid = ANY (\(selection.studies)))
                    UNION ALL SELECT unnest(\(uuids: selection.patients)), NULL::text
                ) AS c GROUP BY patient
            ) AS f LEFT JOIN portal.patients p ON p.id = f.patient
            ORDER BY p.patient_id, p.issuer
            """, planning: .custom
        ).map { ExportFolder(patient: try $0.textOrNil(0), studies: try $0.texts(1)) }
    }

    package func size(of folders: [ExportFolder]) throws -> ExportSize {
        let studies = folders.flatMap(\.studies)
        let row = try database.query(
            """
            SELECT count(*), coalesce(sum(i.size), 0)::bigint FROM portal.studies s
                JOIN portal.series e ON e.study_id = s.id JOIN portal.instances i ON i.series_id = e.id
            WHERE s.uid = ANY (\(studies))
            """, planning: .custom
        ).first
        return ExportSize(
            patients: folders.count { $0.patient != nil }, studies: studies.count, instances: try row?.int(0) ?? 0,
            bytes: try row?.int(1) ?? 0)
    }

    /// What is said of studies, in their order.
    package func studies(_ uids: [String]) throws -> [ExportedStudy] {
        try database.query(
            """
            SELECT s.uid, s.description, CASE WHEN s.started > '-infinity' THEN s.started::date END,
                \(PatientCorrection.column)
            FROM unnest(\(uids)::text[]) WITH ORDINALITY AS w (uid, place) JOIN portal.studies s ON s.uid = w.uid
            ORDER BY w.place
            """
        ).map { row in
            ExportedStudy(
                studyInstanceUID: try row.text(0), description: try row.text(1), date: try row.textOrNil(2) ?? "",
                correction: try PatientCorrection(row, at: 3).map { ExportedStudy.Correction($0) })
        }
    }
}

extension ExportedStudy.Correction {
    fileprivate init(_ correction: PatientCorrection) {
        let identity = correction.identity
        self.init(
            name: identity.name, patientId: identity.patientID, issuer: identity.issuer,
            birthDate: identity.birthDate, sex: identity.sex, system: correction.system)
    }
}
