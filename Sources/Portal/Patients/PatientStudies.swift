import Postgres

/// A study as the portal's pages show it.
package struct StudyOverview: Sendable, Equatable, Encodable {
    package let studyInstanceUID: String
    /// Local time of the modality, `YYYY-MM-DDTHH:MM:SS`; `nil` when unknown.
    @Nullable package private(set) var started: String?
    package let description: String
    package let accessionNumber: String
    package let modalities: [String]
    package let series: [SeriesOverview]
    package let instances: Int
    /// Whether an instance arrived within the last minute: there may be more to come.
    package let arriving: Bool
    /// Where the viewer opens it, root-relative.
    package let viewer: String
}

/// A series of a study, with the address of its picture.
package struct SeriesOverview: Sendable, Equatable, Encodable {
    package let seriesInstanceUID: String
    package let modality: String
    @Nullable package private(set) var number: Int?
    package let description: String
    package let bodyPart: String
    package let instances: Int
    /// Root-relative; none for a series without pictures.
    @Nullable package private(set) var thumbnail: String?
}

/// Studies with their series, as far as a caller sees them.
package struct StudyOverviews {
    private let database: Connection
    private let caller: Caller

    package init(database: Connection, caller: Caller) {
        self.database = database
        self.caller = caller
    }

    /// A patient's studies, the newest first.
    package func list(ofPatient patient: String, _ page: PageRequest) throws -> Page<StudyOverview> {
        let place = try place(page)
        let keys = try database.query(
            """
            SELECT s.id, s.started FROM portal.studies s
            WHERE s.patient = \(uuid: patient) AND \(isVisible)\(place)
            ORDER BY s.started DESC, s.id DESC LIMIT \(page.limit + 1)
            """)
        let total = try database.query(
            "SELECT count(*) FROM portal.studies s WHERE s.patient = \(uuid: patient) AND \(isVisible)"
        ).first?.int(0)
        return try self.page(keys, page, total: total)
    }

    /// The studies with these keys, in their order.
    func studies(_ keys: [Int]) throws -> [StudyOverview] {
        let series = try self.series(of: keys)
        return try database.query(
            """
            SELECT s.id, s.uid, CASE WHEN s.started > '-infinity' THEN to_char(s.started, 'YYYY-MM-DD"T"HH24:MI:SS') END,
                s.description, s.accession, m.modalities, s.instance_count, \(Self.isArriving)
            FROM unnest(\(keys)::bigint[]) WITH ORDINALITY AS k (id, place) JOIN portal.studies s ON s.id = k.id
                JOIN portal.modality_sets m ON m.id = s.modality_set
            ORDER BY k.place
            """
        ).map { row in
            let uid = try row.text(1)
            return StudyOverview(
                studyInstanceUID: uid, started: try row.textOrNil(2), description: try row.text(3),
                accessionNumber: try row.text(4), modalities: try row.texts(5), series: series[try row.int(0)] ?? [],
                instances: try row.int(6), arriving: try row.bool(7),
                viewer: "/viewer?StudyInstanceUIDs=\(uid)")
        }
    }

    /// The condition on `s` that the caller sees it.
    var isVisible: SQL {
        """
        EXISTS (SELECT FROM portal.visible_studies v WHERE v.study_id = s.id AND v.scope_id = \(caller.scopeID))
        """
    }

    /// The condition on `s` that it is still growing. Its own time, which other changes move too, spares most of the search.
    private static let isArriving: SQL = """
        s.updated_at > now() - interval '1 minute' AND EXISTS (
            SELECT FROM portal.series e JOIN portal.instances i ON i.series_id = e.id
            WHERE e.study_id = s.id AND i.stored_at > now() - interval '1 minute')
        """

    /// The condition on `s` that it comes after the page before.
    func place(_ page: PageRequest) throws(PortalError) -> SQL {
        guard let cursor = try page.cursor(parts: 2) else { return "" }
        guard let key = Int(cursor.parts[1]) else { throw .malformed(code: "query.after.invalid", field: "after") }
        return " AND (s.started, s.id) < (\(cursor.parts[0])::timestamp, \(key)::bigint)"
    }

    /// - Parameter keys: rows of a study's key and start, one more than the page holds when there is a next one.
    private func page(_ keys: [Row], _ page: PageRequest, total: Int?) throws -> Page<StudyOverview> {
        let shown = keys.prefix(page.limit)
        let next = try keys.count > page.limit ? shown.last.map { Cursor(try $0.text(1), try $0.text(0)).text } : nil
        return Page(items: try studies(try shown.map { try $0.int(0) }), next: next, total: total)
    }

    private func series(of studies: [Int]) throws -> [Int: [SeriesOverview]] {
        let rows = try database.query(
            """
            SELECT e.study_id, s.uid, e.uid, e.modality, e.number, e.description, e.body_part, e.instance_count,
                portal.has_picture(e.id)
            FROM portal.series e JOIN portal.studies s ON s.id = e.study_id WHERE e.study_id = ANY (\(studies)::bigint[])
            ORDER BY e.study_id, e.number, e.id
            """)
        var found: [Int: [SeriesOverview]] = [:]
        for row in rows {
            let uid = try row.text(2)
            let series = SeriesOverview(
                seriesInstanceUID: uid, modality: try row.text(3), number: try row.intOrNil(4),
                description: try row.text(5), bodyPart: try row.text(6), instances: try row.int(7),
                thumbnail: try row.bool(8) ? "/dicomweb/studies/\(try row.text(1))/series/\(uid)/thumbnail" : nil)
            found[try row.int(0), default: []].append(series)
        }
        return found
    }
}
