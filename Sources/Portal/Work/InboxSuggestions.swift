import Postgres

extension Inbox {
    private static let most = 3

    /// Patients that studies may belong to; for each, those with most in common first.
    ///
    /// An id, a name or a birth date is the same, or a slip of the pen away: one character of an id, two of a name, one
    /// digit of a date, or day and month in the other order. The same id is enough; otherwise two of the three have to
    /// fit, one of them exactly.
    func suggestions(for keys: [Int]) throws -> [Int: [InboxEntry.Suggestion]] {
        let rows = try database.query(
            """
            SELECT k.id, p.id, p.patient_id, p.last_name, p.first_name, p.birth_date,
                array_remove(ARRAY[(ARRAY['nearPatientId', 'patientId'])[c.ids], (ARRAY['nearName', 'name'])[c.names],
                    (ARRAY['nearBirthDate', 'birthDate'])[c.births]], NULL)
            FROM unnest(\(keys)::bigint[]) k (id) JOIN portal.studies s ON s.id = k.id
            CROSS JOIN LATERAL (\(Self.candidates(in: caller.scopeID))) f (id)
            JOIN portal.patients p ON p.id = f.id CROSS JOIN LATERAL (\(Self.likeness)) c
            WHERE (c.ids = 2 OR c.ids + c.names + c.births >= 3) AND EXISTS (SELECT FROM portal.visible_patients v
                WHERE v.patient = p.id AND v.scope_id = \(caller.scopeID))
            ORDER BY k.id, c.ids + c.names + c.births DESC, p.id
            """)
        var found: [Int: [InboxEntry.Suggestion]] = [:]
        for row in rows where (found[try row.int(0)]?.count ?? 0) < Self.most {
            let suggestion = InboxEntry.Suggestion(
                patient: try row.text(1), patientId: try row.text(2), lastName: try row.text(3),
                firstName: try row.text(4), birthDate: try row.textOrNil(5), reasons: try row.texts(6))
            found[try row.int(0), default: []].append(suggestion)
        }
        return found
    }

    /// Whoever shares the id, the birth date or the family name with the study `s`: what an index finds.
    private static func candidates(in scope: Int) -> SQL {
        """
        SELECT id FROM portal.patients WHERE patient_id = s.patient_id AND s.patient_id <> ''
        UNION SELECT id FROM portal.patients WHERE birth_date = portal.dicom_date(s.birth_date)
        UNION (SELECT v.patient FROM portal.visible_patients v
            WHERE v.scope_id = \(scope) AND btrim(split_part(s.patient_name, '^', 1)) <> ''
                AND v.name >= portal.fold(btrim(split_part(s.patient_name, '^', 1))) || ' '
                AND v.name < portal.fold(btrim(split_part(s.patient_name, '^', 1))) || '!'
            ORDER BY v.name LIMIT 200)
        """
    }

    /// How much the patient `p` and the study `s` have in common: 2 the same, 1 nearly, 0 nothing.
    private static let likeness: SQL = """
        SELECT CASE WHEN p.patient_id = s.patient_id THEN 2
                WHEN length(s.patient_id) >= 4 AND (ltrim(p.patient_id, '0') = ltrim(s.patient_id, '0')
                    OR levenshtein_less_equal(left(p.patient_id, 64), left(s.patient_id, 64), 1) <= 1) THEN 1
                ELSE 0 END AS ids,
            CASE WHEN s.patient_name = '' THEN 0
                WHEN portal.names_agree(s.patient_name, p.last_name, p.birth_name, p.first_name) THEN 2
                WHEN levenshtein_less_equal(
                    left(array_to_string(portal.words(split_part(s.patient_name, '=', 1)), ' '), 128),
                    left(array_to_string(portal.words(concat_ws(' ', p.last_name, p.first_name)), ' '), 128), 2) <= 2 THEN 1
                ELSE 0 END AS names,
            CASE WHEN p.birth_date IS NULL OR s.birth_date !~ '^\\d{8}$' THEN 0
                WHEN to_char(p.birth_date, 'YYYYMMDD') = s.birth_date THEN 2
                WHEN to_char(p.birth_date, 'YYYYDDMM') = s.birth_date
                    OR levenshtein_less_equal(to_char(p.birth_date, 'YYYYMMDD'), s.birth_date, 1) <= 1 THEN 1
                ELSE 0 END AS births
        """
}
