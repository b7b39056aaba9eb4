import Postgres
import Testing

@testable import Portal

/// Compares the visible lists and their counters with what the rules give when everything is computed anew.
func expectListsAreRight(
    _ portal: ScratchPortal, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    for (what, wanted, found) in comparisons {
        let difference = try portal.int(
            """
            WITH wanted AS (\(wanted)), found AS (\(found))
            SELECT (SELECT count(*) FROM (TABLE wanted EXCEPT ALL TABLE found) a)
                + (SELECT count(*) FROM (TABLE found EXCEPT ALL TABLE wanted) b)
            """)
        #expect(difference == 0, "\(what) \(comment?.rawValue ?? "")", sourceLocation: sourceLocation)
    }
}

private let seesPatient: SQL = """
    (c.sees_all OR EXISTS (SELECT FROM portal.grants g WHERE g.group_id = ANY (c.groups) AND g.patient_id = p.id)
        OR EXISTS (SELECT FROM portal.users u WHERE u.id = c.person AND u.patient = p.id))
    """

private let comparisons: [(String, SQL, SQL)] = [
    (
        "visible studies",
        """
        SELECT c.id, s.id, s.started, s.patient, s.modality_set, portal.fold(s.patient_name), s.patient_id, s.accession,
            portal.fold(s.description), s.description, s.name_tokens
        FROM portal.scopes c CROSS JOIN portal.studies s
            LEFT JOIN portal.patients p ON p.id = s.patient
        WHERE s.deleted IS NULL AND (c.sees_all OR (s.patient IS NOT NULL AND \(seesPatient))
            OR (s.patient IS NULL AND (c.person = s.brought_by
                OR EXISTS (SELECT FROM portal.senders x WHERE x.id = s.sender AND x.group_id = ANY (c.groups)))))
        """,
        """
        SELECT scope_id, study_id, started, patient, modality_set, name, patient_id, accession, description, described,
            name_tokens FROM portal.visible_studies
        """
    ),
    (
        "values of studies", "SELECT * FROM portal.values_of_studies(ARRAY(SELECT id FROM portal.studies))",
        """
        SELECT a.* FROM portal.attribute_values a JOIN portal.studies s ON s.id = a.study_id
        WHERE s.attributes ? a.path
        """
    ),
    (
        "visible patients",
        """
        SELECT c.id, p.id, coalesce((SELECT max(started) FROM portal.studies WHERE patient = p.id AND deleted IS NULL),
            '-infinity')
        FROM portal.scopes c CROSS JOIN portal.patients p
        WHERE \(seesPatient) AND p.deleted IS NULL AND p.merged_into IS NULL
        """,
        "SELECT scope_id, patient, last_study FROM portal.visible_patients"
    ),
    (
        "patients of scopes",
        "SELECT c.id, p.id FROM portal.scopes c CROSS JOIN portal.patients p WHERE NOT c.sees_all AND \(seesPatient)",
        "SELECT scope_id, patient FROM portal.scope_patients"
    ),
    (
        "counters of days",
        """
        SELECT scope_id, started::date, modality_set, count(*) FROM portal.visible_studies GROUP BY 1, 2, 3
        """,
        """
        SELECT scope_id, day, modality_set, sum(studies) FROM (
            SELECT * FROM portal.scope_days UNION ALL SELECT * FROM portal.scope_day_deltas) d
        GROUP BY 1, 2, 3 HAVING sum(studies) <> 0
        """
    ),
    (
        "counters of months",
        "SELECT scope_id, date_trunc('month', day)::date, modality_set, sum(studies) FROM portal.scope_days GROUP BY 1, 2, 3",
        "SELECT scope_id, month, modality_set, studies::bigint FROM portal.scope_months"
    ),
]
