import DICOM
import Postgres

/// Finds what is stored under the UIDs of an address. What a caller may not see is not there.
///
/// Each question is one prepared statement: rights, keys and versions come together.
package struct StudyRetrieval {
    let database: Connection

    package init(database: Connection) { self.database = database }

    /// - Parameters:
    ///   - study, series: the UIDs above the instance; where given, the instance must be theirs.
    ///   - includesFrames: whether the frame table is wanted; it grows with the frames.
    package func instance(
        _ uid: String, of series: String? = nil, in study: String? = nil, includesFrames: Bool = false,
        for caller: Caller
    ) throws -> RetrievedInstance? {
        try instance(
            InstanceAddress(uid, series: series, study: study, includesFrames: includesFrames), for: caller)
    }

    package func instance(_ address: InstanceAddress, for caller: Caller) throws -> RetrievedInstance? {
        try instances(where: address.condition, address.includesFrames, caller, "").first
    }

    /// The instances of a series, or of all series of a study, by number.
    package func instances(
        of series: String?, in study: String, for caller: Caller
    ) throws -> [RetrievedInstance] {
        var condition: SQL = "s.uid = \(study)"
        if let series { condition += " AND se.uid = \(series)" }
        return try instances(where: condition, false, caller)
    }

    /// The first instances of the series of one of them, in no order.
    func others(
        with instance: RetrievedInstance, includesFrames: Bool, for caller: Caller
    ) throws(PostgresError) -> [RetrievedInstance] {
        try instances(
            where: "se.uid = \(instance.seriesUID) AND s.uid = \(instance.studyUID)", includesFrames, caller,
            "LIMIT \(Self.mostOthers)")
    }

    static let mostOthers = 1000

    /// The instance that stands for a series, or for the first series of a study that has images: with its frame table.
    ///
    /// - Returns: `nil` when there is no image that the caller may see.
    package func representative(
        _ place: RepresentativePlace, of series: String?, in study: String, for caller: Caller
    ) throws -> RetrievedInstance? {
        var condition: SQL = "s.uid = \(study)"
        if let series { condition += " AND se.uid = \(series)" }
        let offset: SQL =
            switch place {
            case .first: "0"
            case .middle: "(SELECT count(*) / 2 FROM portal.instances WHERE series_id = chosen.id AND frame_count > 0)"
            }
        return try instances(
            where: """
                i.id = (SELECT n.id FROM (
                        SELECT se.id FROM portal.series se JOIN portal.studies s ON s.id = se.study_id
                        WHERE \(condition) AND EXISTS (SELECT FROM portal.instances
                            WHERE series_id = se.id AND frame_count > 0)
                        ORDER BY se.number, se.id LIMIT 1) AS chosen
                    CROSS JOIN LATERAL (SELECT id FROM portal.instances WHERE series_id = chosen.id AND frame_count > 0
                        ORDER BY number, id LIMIT 1 OFFSET \(offset)) AS n)
                """, true, caller
        ).first
    }

    /// The series of a study by number, or the one of that UID.
    package func series(_ uid: String? = nil, in study: String, for caller: Caller) throws -> [RetrievedSeries] {
        var sql: SQL = """
            SELECT se.id, se.uid, s.uid, se.revision, se.prepared #>> '{metadata,key}',
                (se.prepared #>> '{metadata,length}')::bigint, (se.prepared #>> '{metadata,revision}')::bigint
            FROM portal.studies s JOIN portal.series se ON se.study_id = s.id
            WHERE s.uid = \(study)
            """
        if let uid { sql += " AND se.uid = \(uid)" }
        sql += Self.isVisible(to: caller) + " ORDER BY se.number, se.id"
        return try database.query(sql).map { row in
            var prepared: RetrievedSeries.Prepared?
            if let key = try row.textOrNil(4), let length = try row.intOrNil(5), let revision = try row.intOrNil(6) {
                prepared = RetrievedSeries.Prepared(objectKey: key, length: length, revision: revision)
            }
            return RetrievedSeries(
                id: try row.int(0), uid: try row.text(1), studyUID: try row.text(2), revision: try row.int(3),
                metadata: prepared)
        }
    }

    /// - Returns: `nil` when the instance is absent or hidden from the caller.
    package func metadata(
        ofInstance uid: String, of series: String, in study: String, for caller: Caller
    ) throws -> RetrievedMetadata? {
        let row = try database.query(
            """
            SELECT i.metadata, encode(i.sha256, 'hex'), \(PatientCorrection.column)
            FROM portal.instances i JOIN portal.series se ON se.id = i.series_id
            JOIN portal.studies s ON s.id = se.study_id
            WHERE i.uid = \(uid) AND se.uid = \(series) AND s.uid = \(study)
            """ + Self.isVisible(to: caller)
        ).first
        return try row.map { row in
            let correction = try PatientCorrection(row, at: 2)
            return RetrievedMetadata(
                document: try row.bytes(0), version: correction.version(of: try row.text(1)), correction: correction)
        }
    }

    /// The metadata of a series that `series` gave; revision and instances belong together.
    ///
    /// - Returns: `nil` when the series is gone meanwhile.
    package func metadata(ofSeries id: Int) throws -> SeriesMetadata? {
        let rows = try database.query(
            """
            SELECT se.revision, i.metadata, \(PatientCorrection.column)
            FROM portal.series se JOIN portal.instances i ON i.series_id = se.id
            JOIN portal.studies s ON s.id = se.study_id
            WHERE se.id = \(id) ORDER BY i.number, i.id
            """)
        guard let first = rows.first else { return nil }
        return SeriesMetadata(
            revision: try first.int(0), instances: try rows.map { try $0.bytes(1) },
            correction: try PatientCorrection(first, at: 2))
    }

    /// Remembers prepared metadata, unless that of a later revision is remembered already.
    package func recordMetadata(_ prepared: RetrievedSeries.Prepared, ofSeries id: Int) throws {
        try database.execute(
            """
            UPDATE portal.series SET prepared = jsonb_set(prepared, '{metadata}', jsonb_build_object(
                'key', \(prepared.objectKey)::text, 'length', \(prepared.length)::bigint,
                'revision', \(prepared.revision)::bigint))
            WHERE id = \(id) AND coalesce((prepared #>> '{metadata,revision}')::bigint, 0) < \(prepared.revision)
            """)
    }

    /// - Parameter end: how the statement ends.
    private func instances(
        where condition: SQL, _ includesFrames: Bool, _ caller: Caller,
        _ end: SQL = "ORDER BY se.number, se.id, i.number, i.id"
    ) throws(PostgresError) -> [RetrievedInstance] {
        try database.query(
            Self.select(includesFrames) + "WHERE \(condition) \(Self.isVisible(to: caller)) \(end)"
        ).map { row throws(PostgresError) in try RetrievedInstance(row, at: 0) }
    }

    /// For a statement that knows the account as `u`: the instance of an address, if it is in the account's list.
    static func statement(for address: InstanceAddress) -> SQL {
        select(address.includesFrames) + """
            WHERE \(address.condition)
                AND (SELECT true FROM portal.visible_studies v WHERE v.study_id = s.id AND v.scope_id = u.scope_id)
            """
    }

    /// The columns that `RetrievedInstance` is read from.
    private static func select(_ includesFrames: Bool) -> SQL {
        let frames: SQL = includesFrames ? "i.frames" : "''::bytea"
        return """
            SELECT i.uid, se.uid, s.uid, i.sop_class, i.transfer_syntax, i.object_key, i.size,
                encode(i.sha256, 'hex'), i.data_set_offset, i.frame_count, \(frames),
                extract(epoch FROM i.stored_at)::bigint, i.number, se.number, \(PatientCorrection.column)
            FROM portal.instances i JOIN portal.series se ON se.id = i.series_id
            JOIN portal.studies s ON s.id = se.study_id

            """
    }

    /// The caller's visible list holds the study `s`, and the scope of an account is still this one.
    private static func isVisible(to caller: Caller) -> SQL {
        let isListed: SQL = """
             AND (SELECT true FROM portal.visible_studies v WHERE v.study_id = s.id AND v.scope_id = \(caller.scopeID))
            """
        guard let user = caller.userID else { return isListed }
        return isListed + """
             AND EXISTS (SELECT FROM portal.users WHERE id = \(uuid: user) AND scope_id = \(caller.scopeID))
            """
    }
}

/// An instance as the address of a resource names it (PS3.18 §10.1.1).
package struct InstanceAddress: Sendable, Equatable {
    let uid: String
    let series: String?
    let study: String?
    package let includesFrames: Bool

    /// - Parameter includesFrames: whether the frame table is wanted; it grows with the frames.
    package init(_ uid: String, series: String?, study: String?, includesFrames: Bool) {
        self.uid = uid
        self.series = series
        self.study = study
        self.includesFrames = includesFrames
    }

    func names(_ instance: RetrievedInstance) -> Bool {
        instance.uid == uid && instance.seriesUID == series ?? instance.seriesUID
            && instance.studyUID == study ?? instance.studyUID
    }

    /// On the instance `i` of the series `se` in the study `s`.
    fileprivate var condition: SQL {
        var condition: SQL = "i.uid = \(uid)"
        if let series { condition += " AND se.uid = \(series)" }
        if let study { condition += " AND s.uid = \(study)" }
        return condition
    }
}

extension RetrievedInstance {
    /// - Parameter place: the first of the columns that `StudyRetrieval` selects.
    init(_ row: Row, at place: Int) throws(PostgresError) {
        self.init(
            uid: try row.text(place), number: try row.intOrNil(place + 12), seriesUID: try row.text(place + 1),
            seriesNumber: try row.intOrNil(place + 13), studyUID: try row.text(place + 2),
            sopClass: try row.text(place + 3), transferSyntax: try row.text(place + 4),
            objectKey: try row.text(place + 5), size: try row.int(place + 6), hash: try row.text(place + 7),
            dataSetOffset: try row.int(place + 8), storedAt: try row.int(place + 11),
            frameCount: try row.int(place + 9), frames: try row.bytes(place + 10),
            correction: try PatientCorrection(row, at: place + 14))
    }
}
