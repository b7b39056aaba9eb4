import Postgres

extension StudyFiling {
    /// Which of these SOP Instance UIDs and of these studies are known, and whether the filer may add to the studies.
    ///
    /// - Returns: instances by SOP Instance UID, studies by Study Instance UID, those of the instances among them;
    ///   what is unknown is absent.
    package func known(
        instances: [String], studies: [String], for filer: Filer
    ) throws -> (instances: [String: KnownInstance], studies: [String: StudyStanding]) {
        let rows = try database.queries([Self.instancesKnown(instances), Self.studiesKnown(studies, to: filer)])
        let known = try Self.readInstances(rows[0])
        var standings = try Self.readStandings(rows[1])
        let others = Set(known.values.map(\.studyUID)).subtracting(studies).sorted()
        if !others.isEmpty {
            standings.merge(try self.standings(of: others, for: filer)) { first, _ in first }
        }
        return (known, standings)
    }

    /// Which of these studies are known, and whether the filer may add to them.
    ///
    /// - Returns: by Study Instance UID; unknown studies are absent.
    func standings(of uids: [String], for filer: Filer) throws -> [String: StudyStanding] {
        try Self.readStandings(try database.query(Self.studiesKnown(uids, to: filer)))
    }

    static func studiesKnown(_ uids: [String], to filer: Filer) -> SQL {
        """
        SELECT s.uid, s.id, s.patient::text, coalesce(s.original ->> 'name', s.patient_name),
            coalesce(s.original ->> 'patientID', s.patient_id), \(mayAdd(filer))
        FROM portal.studies s WHERE s.uid = ANY (\(uids)::text[])
        """
    }

    static func readStandings(_ rows: [Row]) throws -> [String: StudyStanding] {
        try Dictionary(
            rows.map { row in
                let standing = StudyStanding(
                    id: try row.int(1), patient: try row.textOrNil(2), isOpen: try row.bool(5),
                    patientName: try row.text(3), patientID: try row.text(4))
                return (try row.text(0), standing)
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Which of the studies with these keys the filer may not add to.
    func closed(_ keys: Set<Int>, for filer: Filer) throws -> Set<Int> {
        guard !keys.isEmpty else { return [] }
        let rows = try database.query(
            "SELECT s.id FROM portal.studies s WHERE s.id = ANY (\(keys.sorted())::bigint[]) AND NOT (\(Self.mayAdd(filer)))"
        )
        return Set(try rows.map { try $0.int(0) })
    }

    /// Which of these SOP Instance UIDs are known.
    package func known(_ uids: [String]) throws -> [String: KnownInstance] {
        try Self.readInstances(try database.query(Self.instancesKnown(uids)))
    }

    private static func instancesKnown(_ uids: [String]) -> SQL {
        """
        SELECT i.uid, i.id, i.object_key, i.sha256, se.uid, st.uid FROM portal.instances i
        JOIN portal.series se ON se.id = i.series_id JOIN portal.studies st ON st.id = se.study_id
        WHERE i.uid = ANY (\(uids)::text[])
        """
    }

    private static func readInstances(_ rows: [Row]) throws -> [String: KnownInstance] {
        try Dictionary(
            rows.map { row in
                let known = KnownInstance(
                    id: try row.int(1), objectKey: try row.text(2), sha256: try row.bytes(3),
                    seriesUID: try row.text(4), studyUID: try row.text(5))
                return (try row.text(0), known)
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func mayAdd(_ filer: Filer) -> SQL { "s.deleted IS NULL AND (\(isOpen(to: filer)))" }

    /// The right to add to a study, as a condition on `s`: a person adds where it sees the study and some group gives
    /// it `import` for that patient, or to what it brought itself.
    private static func isOpen(to filer: Filer) -> SQL {
        switch filer.kind {
        case .portal, .sender(_, groupID: nil): "true"
        case .sender(let id, .some(let group)):
            """
            coalesce(s.sender = \(uuid: id), false) OR EXISTS (SELECT FROM portal.groups g
                WHERE g.id = \(uuid: group) AND (g.scope_all OR EXISTS (SELECT FROM portal.grants
                    WHERE group_id = g.id AND patient_id = s.patient)))
            """
        case .user(let id):
            """
            coalesce(s.brought_by = \(uuid: id), false) OR coalesce((SELECT true FROM portal.visible_studies v
                WHERE v.study_id = s.id
                    AND v.scope_id = (SELECT scope_id FROM portal.users WHERE id = \(uuid: id))), false)
                AND EXISTS (SELECT FROM portal.members m JOIN portal.groups g ON g.id = m.group_id
                    WHERE m.user_id = \(uuid: id) AND 'import' = ANY (g.permissions)
                        AND (g.scope_all OR EXISTS (SELECT FROM portal.grants
                            WHERE group_id = g.id AND patient_id = s.patient)))
            """
        }
    }
}
