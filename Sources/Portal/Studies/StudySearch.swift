import DICOM
import Postgres

/// Searches what a caller may see: Studies newest first, Series and Instances by number.
///
/// Rights stand in every statement: the caller's visible list is entered by its scope, and a condition makes sure that
/// the scope is still this one. Keys are found first; the wide rows are joined to them afterwards.
package struct StudySearch {
    let database: Connection

    package init(database: Connection) { self.database = database }

    package func studies(_ criteria: SearchCriteria, for caller: Caller) throws -> SearchPage<FoundStudy> {
        try page(criteria, at: .study, for: caller) { try FoundStudy($0, at: 1) }
    }

    package func series(_ criteria: SearchCriteria, for caller: Caller) throws -> SearchPage<FoundSeries> {
        try page(criteria, at: .series, for: caller) { row in
            try FoundSeries(row, at: 1, study: criteria.includesParents ? FoundStudy(row, at: 6) : nil)
        }
    }

    package func instances(_ criteria: SearchCriteria, for caller: Caller) throws -> SearchPage<FoundInstance> {
        try page(criteria, at: .instance, for: caller) { row in
            let study = criteria.includesParents ? try FoundStudy(row, at: 10) : nil
            return FoundInstance(
                uid: try row.text(1), seriesUID: try row.text(2), studyUID: try row.text(3),
                attributes: try row.text(4),
                series: criteria.includesParents ? try FoundSeries(row, at: 5, study: study) : nil)
        }
    }

    private func page<Item: Sendable>(
        _ criteria: SearchCriteria, at level: SearchColumn.Level, for caller: Caller, _ item: (Row) throws -> Item
    ) throws -> SearchPage<Item> {
        guard let user = caller.userID else { return SearchPage(items: [], remaining: .exactly(0)) }
        let stages = try stages(criteria, at: level)
        for (number, stage) in stages.enumerated() {
            let found = SearchStatement(
                criteria: criteria, level: level, conditions: stage, user: user, scope: caller.scopeID)
            let rows = try database.query(found.page, planning: found.planning)
            // A later stage is only for searches that the earlier one finds nothing for, on whichever page.
            let isLast =
                try number == stages.count - 1 || !rows.isEmpty
                || criteria.offset > 0 && !database.query(found.any, planning: .custom).isEmpty
            guard isLast else { continue }
            return SearchPage(
                items: try rows.prefix(criteria.limit).map(item),
                remaining: found.remaining(try rows.first.map { try $0.int(0) }))
        }
        return SearchPage(items: [], remaining: .exactly(0))
    }

    /// The conditions to try, one after the other until one finds something.
    private func stages(_ criteria: SearchCriteria, at level: SearchColumn.Level) throws -> [SearchConditions] {
        let isName: (MatchingKey) -> Bool = { $0.path == [Tag(0x0010, 0x0010)] }
        let names = criteria.isFuzzy ? criteria.keys.filter(isName).flatMap(\.texts) : []
        let isFuzzy = criteria.isFuzzy
        let all = try SearchConditions(level: level, keys: criteria.keys, isFuzzy: isFuzzy)
        guard !names.isEmpty else { return [all] }
        let others = try SearchConditions(level: level, keys: criteria.keys.filter { !isName($0) }, isFuzzy: isFuzzy)
        let search = SearchNames(database: database)
        let words = try search.words(of: names.joined(separator: " "))
        guard !words.isEmpty else { return [all] }
        var literal = others
        literal.require(SearchNames.literal(words))
        guard let similar = try search.similar(words) else { return [literal] }
        var tolerant = others
        tolerant.require(similar)
        return [literal, tolerant]
    }
}

extension MatchingKey {
    /// What was asked for, as text.
    fileprivate var texts: [String] {
        switch match {
        case .values(let texts), .wildcards(let texts): texts
        case .universal, .empty, .range: []
        }
    }
}
