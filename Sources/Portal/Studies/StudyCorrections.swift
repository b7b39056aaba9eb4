import DICOM
import Postgres

/// Corrections of studies by what the files of their patients say.
struct StudyCorrections {
    let database: Connection

    /// Attaches a study to a patient and shows it under an identity: the one that the patient's file has now, unless said.
    ///
    /// - Parameters:
    ///   - study: locked by this transaction.
    ///   - system: of which the instances say that it corrected them.
    /// - Returns: `false` when it was shown under that identity already; then nothing changes.
    func correct(
        _ study: Int, by patient: String, as chosen: PatientIdentity? = nil, at system: String
    ) throws -> Bool {
        guard let identity = try chosen ?? identity(of: patient) else { return false }
        guard try current(study)?.identity != identity else { return false }
        let tokens = try FilingNameTokens(database: database).ids(ofNames: [identity.name]).first ?? []
        let texts = [identity.name, identity.patientID, identity.issuer, identity.birthDate, identity.sex]
        let shown = String(decoding: DICOMJSON.encode(identity.dataSet) { _ in nil }, as: UTF8.self)
        try database.query(
            """
            SELECT portal.correct_study(\(study), \(uuid: patient), \(texts)::text[], \(shown)::jsonb,
                \(tokens)::int[], \(system))
            """)
        return true
    }

    private func current(_ study: Int) throws -> PatientCorrection? {
        let rows = try database.query("SELECT \(PatientCorrection.column) FROM portal.studies s WHERE s.id = \(study)")
        return try rows.first.flatMap { try PatientCorrection($0, at: 0) }
    }

    private func identity(of patient: String) throws -> PatientIdentity? {
        let rows = try database.query(
            """
            SELECT normalize(last_name, NFC), normalize(first_name, NFC), patient_id, issuer,
                coalesce(to_char(birth_date, 'YYYYMMDD'), ''), sex
            FROM portal.patients WHERE id = \(uuid: patient)
            """)
        return try rows.first.map { row in
            PatientIdentity(
                lastName: try row.text(0), firstName: try row.text(1), patientID: try row.text(2),
                issuer: try row.text(3), birthDate: try row.text(4), sex: try row.text(5))
        }
    }
}

extension PatientCorrection {
    /// Of the study `s`; NULL for one that is shown as its files are.
    static let column: SQL = """
        CASE WHEN s.overlay IS NOT NULL THEN ARRAY[s.overlay ->> 'name', s.overlay ->> 'patientID',
            s.overlay ->> 'issuer', s.overlay ->> 'birthDate', s.overlay ->> 'sex', s.overlay ->> 'revision',
            s.overlay ->> 'at', s.overlay ->> 'system', s.overlay ->> 'charset'] END
        """

    /// - Returns: `nil` when the column is NULL.
    init?(_ row: Row, at place: Int) throws(PostgresError) {
        guard !row.isNull(place) else { return nil }
        let texts = try row.texts(place)
        guard texts.count == 9, let revision = Int(texts[5]) else {
            throw .unexpectedValue(column: place, expected: "a correction")
        }
        self.init(
            identity: PatientIdentity(
                name: texts[0], patientID: texts[1], issuer: texts[2], birthDate: texts[3], sex: texts[4]),
            revision: revision, dateTime: texts[6], system: texts[7], characterSet: texts[8])
    }
}

extension PatientCorrection? {
    /// The version of what is made of a file and its correction.
    ///
    /// - Parameter hash: of the file.
    func version(of hash: String) -> String { map { "\(hash).\($0.revision)" } ?? hash }
}
