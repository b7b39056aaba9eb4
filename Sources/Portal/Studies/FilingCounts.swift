import Postgres

extension FilingTransaction {
    /// Locks the studies, counts what was added, attaches new studies and makes them visible.
    ///
    /// - Parameters:
    ///   - newStudies: those of this batch that it made.
    ///   - open: all studies of the batch that the filer may add to, by UID.
    func finish(_ counts: Counts, newStudies: Set<Int>, open: [String: Int]) throws {
        let touched = Set(open.values).sorted()
        guard !counts.studies.isEmpty || filer.patient != nil else { return }
        // Instances of known series change nothing but the counters.
        guard !counts.newSeries.isEmpty || filer.patient != nil else { return try increment(counts, touched) }
        try filing.database.query(
            "SELECT id FROM portal.studies WHERE id = ANY (\(touched)::bigint[]) ORDER BY id FOR NO KEY UPDATE")
        var changed = filer.patient == nil ? [] : newStudies
        if !counts.newSeries.isEmpty {
            changed.formUnion(try updateModalitySets(of: counts.studies.keys.sorted()))
            try addSearchableValues(of: counts.newSeries)
        }
        changed.formUnion(try attach(touched.filter { !newStudies.contains($0) }))
        if filer.patient == nil {
            try attachByRule(newStudies.sorted())
            changed.subtract(newStudies)
        }
        try show(changed.sorted())
        try increment(counts, touched)
    }

    /// Attaches studies that are nobody's to the filer's patient.
    ///
    /// - Returns: those that it attached.
    private func attach(_ studies: [Int]) throws -> [Int] {
        guard let patient = filer.patient, !studies.isEmpty else { return [] }
        return try filing.database.query(
            """
            UPDATE portal.studies SET patient = \(uuid: patient), updated_at = now()
            WHERE id = ANY (\(studies)::bigint[]) AND patient IS NULL RETURNING id
            """
        ).map { try $0.int(0) }
    }

    /// Lets new studies find their patient; the lists are right afterwards.
    private func attachByRule(_ studies: [Int]) throws {
        guard !studies.isEmpty else { return }
        let mayCreate = filer.mayCreatePatients
        let isTrusted = filer.kind == .portal
        try filing.database.query(
            "SELECT study FROM portal.attach_by_rule(\(studies)::bigint[], \(mayCreate), \(isTrusted))")
    }

    private func show(_ studies: [Int]) throws {
        guard !studies.isEmpty else { return }
        try filing.database.query("SELECT portal.show_studies(\(studies)::bigint[])")
        try filing.database.query(
            """
            SELECT portal.show_patients(ARRAY(SELECT DISTINCT patient FROM portal.studies
                WHERE id = ANY (\(studies)::bigint[]) AND patient IS NOT NULL))
            """)
    }

    /// A study's set of modalities, from the dictionary of sets. Both are bounded: nobody fills the dictionary with
    /// invented modalities, and a study with more than 20 keeps the set it had.
    private func updateModalitySets(of studies: [Int]) throws -> [Int] {
        let sets: SQL = """
            WITH sets AS (SELECT study_id, array_agg(DISTINCT modality ORDER BY modality) AS modalities
                FROM portal.series WHERE study_id = ANY (\(studies)::bigint[]) AND modality <> ''
                GROUP BY study_id HAVING count(DISTINCT modality) <= 20)

            """
        try filing.database.execute(
            sets + """
                INSERT INTO portal.modality_sets (modalities) SELECT DISTINCT modalities FROM sets
                WHERE NOT EXISTS (SELECT FROM portal.modality_sets m WHERE m.modalities = sets.modalities)
                    AND (SELECT count(*) FROM portal.modality_sets) < 10000
                ORDER BY modalities ON CONFLICT DO NOTHING
                """)
        return try filing.database.query(
            sets + """
                UPDATE portal.studies s SET modality_set = m.id FROM sets JOIN portal.modality_sets m USING (modalities)
                WHERE s.id = sets.study_id AND s.modality_set <> m.id RETURNING s.id
                """
        ).map { try $0.int(0) }
    }

    private func addSearchableValues(of series: [FilingSeries]) throws {
        let values = series.flatMap { series in series.searchable.map { (series.uid, $0) } }
        guard !values.isEmpty else { return }
        try filing.database.execute(
            """
            INSERT INTO portal.attribute_values (path, value, started, study_id)
            SELECT DISTINCT n.path, n.value, st.started, st.id
            FROM unnest(\(values.map(\.0))::text[], \(values.map(\.1.path))::text[], \(values.map(\.1.value))::text[])
                AS n(uid, path, value)
            JOIN portal.series se ON se.uid = n.uid JOIN portal.studies st ON st.id = se.study_id
            ORDER BY n.path, n.value, st.started, st.id ON CONFLICT DO NOTHING
            """)
    }

    /// Counters and revisions, one row each, together with the commit: a study's row is hot while it is being received.
    private func increment(_ counts: Counts, _ touched: [Int]) throws {
        let series = counts.series.sorted { $0.key < $1.key }
        let studies = counts.studies.sorted { $0.key < $1.key }
        guard !series.isEmpty else { return }
        let (user, sender) = origin
        try filing.database.executeLast(
            """
            SELECT portal.count_filed(\(touched)::bigint[], \(series.map(\.key))::bigint[],
                \(series.map(\.value))::bigint[], \(studies.map(\.key))::bigint[],
                \(studies.map(\.value.instances))::bigint[], \(studies.map(\.value.series))::bigint[]),
                portal.note_received(\(uuid: user), \(uuid: sender), \(studies.map(\.key))::bigint[], \(filer.address))
            """)
    }
}
