import Postgres

extension Patients {
    /// One patient, whoever asks; `nil` when there is none.
    func record(_ id: String) throws -> PatientRecord? {
        try records("SELECT \(uuid: id) AS patient, 0 AS place").first
    }

    /// Patients in the order of a list of ids.
    ///
    /// - Parameter page: gives `patient` and `place`.
    func records(_ page: SQL, planning: Planning = .prepared) throws -> [PatientRecord] {
        try database.query(
            """
            WITH page AS MATERIALIZED (\(page))
            SELECT p.id, p.patient_id, p.issuer, p.last_name, p.birth_name, p.first_name, p.birth_date, p.sex,
                p.condition, p.status, p.notes, p.last_visit, p.extra, p.revision,
                CASE WHEN p.last_study > '-infinity' THEN to_char(p.last_study, 'YYYY-MM-DD"T"HH24:MI:SS') END,
                (SELECT count(*) FROM portal.studies s WHERE s.patient = p.id AND s.deleted IS NULL),
                ARRAY(SELECT DISTINCT unnest(m.modalities) FROM portal.studies s
                      JOIN portal.modality_sets m ON m.id = s.modality_set
                      WHERE s.patient = p.id AND s.deleted IS NULL ORDER BY 1),
                ARRAY(SELECT '/dicomweb/studies/' || s.uid || '/series/' || e.uid || '/thumbnail'
                      FROM (SELECT id, uid, started FROM portal.studies WHERE patient = p.id AND deleted IS NULL
                            ORDER BY started DESC, id DESC LIMIT 4) s
                      JOIN portal.series e ON e.study_id = s.id AND portal.has_picture(e.id)
                      ORDER BY s.started DESC, s.id DESC, e.number, e.id LIMIT 4)
            FROM page JOIN portal.patients p ON p.id = page.patient ORDER BY page.place
            """, planning: planning
        ).map(Self.record)
    }

    private static func record(_ row: Row) throws -> PatientRecord {
        PatientRecord(
            id: try row.text(0), patientId: try row.text(1), issuer: try row.text(2), lastName: try row.text(3),
            birthName: try row.text(4), firstName: try row.text(5), birthDate: try row.textOrNil(6),
            sex: PatientRecord.Sex(rawValue: try row.text(7)) ?? .unknown, condition: try row.text(8),
            status: try row.text(9), notes: try row.text(10), lastVisit: try row.textOrNil(11),
            studies: try row.int(15), lastStudy: try row.textOrNil(14), modalities: try row.texts(16),
            thumbnails: try row.texts(17), extra: try FreeJSON(text: try row.text(12)), revision: try row.int(13))
    }
}
