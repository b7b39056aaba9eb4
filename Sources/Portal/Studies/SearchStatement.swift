import Postgres

/// The statement of one search. Its text depends on which filters are given, never on their values.
struct SearchStatement {
    /// Results behind a page are counted up to this many, where no counter knows them: walking on to count is what would
    /// grow with the store.
    static let mostCounted = 25

    let criteria: SearchCriteria
    let level: SearchColumn.Level
    let conditions: SearchConditions
    let user: String
    let scope: Int

    /// The rows of the page. Their first column tells how many results there are: from the counters all of them, otherwise
    /// those from the page's first one on, `mostCounted` behind the page and one more at most.
    var page: SQL {
        let known: SQL = isCounted ? counters.all : "SELECT count(*) FROM k"
        let place: SQL = isDeep ? counters.place(of: criteria.offset) + ", " : ""
        let wanted = isCounted ? rows : rows + Self.mostCounted + 1
        return """
            WITH \(place)k AS MATERIALIZED (
                SELECT \(keys) \(source) ORDER BY \(order) LIMIT \(wanted) OFFSET \(skipped))
            SELECT (\(known)), \(columns) FROM (SELECT * FROM k LIMIT \(rows)) AS k \(joins) ORDER BY \(finalOrder)
            """
    }

    /// One row when there is any result.
    var any: SQL { "SELECT 1 \(source) LIMIT 1" }

    /// How many results are behind the page.
    ///
    /// - Parameter known: what the first column of `page` tells; `nil` when it has no rows.
    func remaining(_ known: Int?) -> SearchRemaining {
        let behind = max(0, (known ?? 0) - criteria.limit - (isCounted ? criteria.offset : 0))
        return isCounted || behind <= Self.mostCounted ? .exactly(behind) : .atLeast(Self.mostCounted)
    }

    /// How the page is planned: one plan suits all when nothing but keys restricts the search.
    var planning: Planning { conditions.isOnKeysOnly ? .prepared : .custom }

    /// One row at least, so that it tells what is behind a page of none.
    private var rows: Int { max(1, criteria.limit) }

    /// Whether the counters tell how many results there are.
    private var isCounted: Bool { level == .study && conditions.isOnModalitiesOnly }

    private var counters: SearchCounters { SearchCounters(scope: scope, conditions: conditions.sql) }

    /// Whether the counters also lead to the page, as walking there would take longer.
    private var isDeep: Bool { isCounted && criteria.offset >= SearchCounters.worthwhile }

    private var skipped: SQL {
        isDeep ? "(SELECT greatest(0, \(criteria.offset) - before) FROM place)" : "\(criteria.offset)"
    }

    private var source: SQL {
        var sql: SQL = "FROM portal.visible_studies v"
        if conditions.isOnStudyRow { sql += " JOIN portal.studies s ON s.id = v.study_id" }
        if level >= .series { sql += " JOIN portal.series se ON se.study_id = v.study_id" }
        if level >= .instance { sql += " JOIN portal.instances i ON i.series_id = se.id" }
        sql += " WHERE v.scope_id = \(scope)"
        sql += " AND EXISTS (SELECT FROM portal.users WHERE id = \(uuid: user) AND scope_id = \(scope))"
        if isDeep { sql += " AND v.started < (SELECT until FROM place)" }
        if let study = criteria.study {
            sql += " AND v.study_id = (SELECT id FROM portal.studies WHERE uid = \(study))"
        }
        if let series = criteria.series { sql += " AND se.id = (SELECT id FROM portal.series WHERE uid = \(series))" }
        return sql + conditions.sql
    }

    private var keys: SQL {
        switch level {
        case .study: "v.study_id, v.started"
        case .series: "v.study_id, v.started, se.id AS series_id"
        case .instance: "v.study_id, v.started, se.id AS series_id, i.id AS instance_id"
        }
    }

    private var order: SQL {
        let studies: SQL = criteria.study == nil ? "v.started DESC, v.study_id DESC" : ""
        let rest: SQL =
            switch level {
            case .study: "v.started DESC, v.study_id DESC"
            case .series: "se.number, se.id"
            case .instance: criteria.series == nil ? "se.number, se.id, i.number, i.id" : "i.number, i.id"
            }
        return level == .study || studies.isEmpty ? rest : "\(studies), \(rest)"
    }

    private var finalOrder: SQL {
        switch level {
        case .study: "k.started DESC, k.study_id DESC"
        case .series: "k.started DESC, k.study_id DESC, se.number, se.id"
        case .instance: "k.started DESC, k.study_id DESC, se.number, se.id, i.number, i.id"
        }
    }

    private var joins: SQL {
        var sql: SQL = "JOIN portal.studies s ON s.id = k.study_id"
        if level >= .series { sql += " JOIN portal.series se ON se.id = k.series_id" }
        if level >= .instance { sql += " JOIN portal.instances i ON i.id = k.instance_id" }
        if level == .study || criteria.includesParents {
            sql += " JOIN portal.modality_sets m ON m.id = s.modality_set"
        }
        return sql
    }

    private var columns: SQL {
        let study: SQL = "s.uid, s.attributes, m.modalities, s.series_count, s.instance_count"
        let series: SQL = "se.uid, s.uid, se.attributes, se.shared, se.instance_count"
        switch level {
        case .study: return study
        case .series: return criteria.includesParents ? "\(series), \(study)" : series
        case .instance:
            let instance: SQL = "i.uid, se.uid, s.uid, i.attributes"
            return criteria.includesParents ? "\(instance), \(series), \(study)" : instance
        }
    }
}

extension FoundStudy {
    /// Reads five columns from `first`, as `SearchStatement` selects them.
    init(_ row: Row, at first: Int) throws {
        self.init(
            uid: try row.text(first), attributes: try row.text(first + 1), modalities: try row.texts(first + 2),
            seriesCount: try row.int(first + 3), instanceCount: try row.int(first + 4))
    }
}

extension FoundSeries {
    /// Reads five columns from `first`, as `SearchStatement` selects them.
    init(_ row: Row, at first: Int, study: FoundStudy?) throws {
        self.init(
            uid: try row.text(first), studyUID: try row.text(first + 1), attributes: try row.text(first + 2),
            shared: try row.text(first + 3), instanceCount: try row.int(first + 4), study: study)
    }
}
