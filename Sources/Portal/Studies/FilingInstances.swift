import Postgres

extension FilingTransaction {
    /// Inserts instances whose SOP Instance UID is new. Of the attributes that the series keeps once, an instance holds
    /// what differs.
    ///
    /// - Returns: the UIDs of those that were.
    func insert(_ instances: [FilingInstance], _ seriesKeys: [String: Int]) throws -> Set<String> {
        guard !instances.isEmpty else { return [] }
        let all = instances.sorted { $0.uid < $1.uid }
        let rows = try filing.database.query(
            """
            INSERT INTO portal.instances (uid, series_id, sop_class, number, rows, columns, frame_count,
                transfer_syntax, attributes, object_key, size, data_set_offset, metadata, frames, sha256, import)
            SELECT n.uid, n.series_id, n.sop_class, n.number, n.rows, n.columns, n.frame_count, n.transfer_syntax,
                n.attributes::jsonb || portal.differing(n.others::jsonb, se.shared), n.object_key, n.size,
                n.data_set_offset, n.metadata, n.frames, n.sha256, \(uuid: filer.importID)
            FROM unnest(\(all.map(\.uid))::text[], \(all.compactMap { seriesKeys[$0.series.uid] })::bigint[],
                \(all.map(\.sopClass))::text[], \(all.map(\.number))::int[], \(all.map(\.rows))::int[],
                \(all.map(\.columns))::int[], \(all.map(\.frameCount))::int[], \(all.map(\.transferSyntax))::text[],
                \(all.map(\.attributes))::text[], \(all.map(\.others))::text[],
                \(all.map(\.objectKey))::text[], \(all.map(\.size))::bigint[],
                \(all.map(\.dataSetOffset))::bigint[], \(all.map(\.metadata))::bytea[],
                \(all.map(\.frames))::bytea[], \(all.map(\.sha256))::bytea[])
                AS n(uid, series_id, sop_class, number, rows, columns, frame_count, transfer_syntax, attributes,
                    others, object_key, size, data_set_offset, metadata, frames, sha256)
            JOIN portal.series se ON se.id = n.series_id
            ORDER BY n.uid ON CONFLICT (uid) DO NOTHING RETURNING uid
            """)
        return Set(try rows.map { try $0.text(0) })
    }

    /// Takes back studies and series that this batch made and then had no instance for: another process was faster.
    func removeEmpty(
        studies newStudies: Set<Int>, of filed: Set<String>, _ studyKeys: [String: Int], _ instances: [FilingInstance]
    ) throws {
        guard filed.count < instances.count else { return }
        let kept = instances.filter { filed.contains($0.uid) }
        let used = Set(kept.compactMap { studyKeys[$0.study.uid] })
        try filing.database.execute(
            """
            DELETE FROM portal.series s WHERE uid = ANY (\(instances.map(\.series.uid))::text[])
                AND instance_count = 0 AND uid <> ALL (\(kept.map(\.series.uid))::text[])
                AND NOT EXISTS (SELECT FROM portal.instances WHERE series_id = s.id)
            """)
        let unused = newStudies.subtracting(used).sorted()
        if !unused.isEmpty {
            try filing.database.execute("DELETE FROM portal.studies WHERE id = ANY (\(unused)::bigint[])")
        }
    }
}
