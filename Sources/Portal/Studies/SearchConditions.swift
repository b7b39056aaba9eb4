import DICOM
import Postgres

/// Turns matching keys into conditions over `v` (visible study), `s` (study), `se` (series) and `i` (instance).
struct SearchConditions {
    let level: SearchColumn.Level
    /// Whether a condition is on `s`, the wide row of the study.
    private(set) var isOnStudyRow = false
    /// Whether all conditions are on the set of modalities, by which counters are kept too.
    private(set) var isOnModalitiesOnly = true
    /// Whether all conditions name a key of an index that is in the list's order: one plan suits all values.
    private(set) var isOnKeysOnly = true
    private(set) var own: [SQL] = []
    /// Conditions on series and instances below what is searched; one of them must meet all.
    private var below: [(level: SearchColumn.Level, condition: SQL)] = []

    /// - Parameter isFuzzy: whether descriptions are matched without case and accents, too.
    init(level: SearchColumn.Level, keys: [MatchingKey], isFuzzy: Bool) throws(MatchingError) {
        self.level = level
        for key in keys {
            if let column = SearchColumn.find(key.path, at: level) {
                guard let condition = try Self.condition(on: column, key, isFuzzy) else { continue }
                let isOnKey = column.isKey(key.match)
                isOnStudyRow = isOnStudyRow || column.isInStudyRow && !isOnKey
                isOnKeysOnly = isOnKeysOnly && isOnKey
                isOnModalitiesOnly = isOnModalitiesOnly && column.isModalities
                if column.level > level { below.append((column.level, condition)) } else { own.append(condition) }
            } else if level == .study, let condition = SearchedValues.condition(key) {
                require(condition)
            } else if let condition = SearchAttributes.condition(key, at: level) {
                isOnStudyRow = true
                require(condition)
            }
        }
    }

    /// Adds a condition whose values decide how many results there are.
    mutating func require(_ condition: SQL) {
        own.append(condition)
        isOnModalitiesOnly = false
        isOnKeysOnly = false
    }

    /// All conditions, each beginning with AND.
    var sql: SQL {
        var all = own
        if let deepest = below.map(\.level).max() {
            let parent: SQL = level == .study ? "se.study_id = v.study_id" : "se.id = i.series_id"
            let conditions = below.map { "(\($0.condition))" as SQL }.joined(separator: " AND ")
            switch (level, deepest) {
            case (.study, .series):
                all.append("EXISTS (SELECT FROM portal.series se WHERE \(parent) AND \(conditions))")
            case (.study, _):
                all.append(
                    """
                    EXISTS (SELECT FROM portal.series se JOIN portal.instances i ON i.series_id = se.id
                        WHERE \(parent) AND \(conditions))
                    """)
            default:
                all.append("EXISTS (SELECT FROM portal.instances i WHERE \(parent) AND \(conditions))")
            }
        }
        return all.reduce(into: "") { $0 += " AND (\($1))" }
    }

    /// - Returns: `nil` when the key restricts nothing.
    private static func condition(
        on column: SearchColumn, _ key: MatchingKey, _ isFuzzy: Bool
    ) throws(MatchingError) -> SQL? {
        let value = SQL(raw: column.expression)
        switch (column.kind, key.match) {
        case (_, .universal): return nil
        case (.date, .empty), (.time, .empty): return "NOT isfinite(\(value))"
        case (.date, .range(let from, let to)): return dates(value, from, to)
        case (.time, .range(let from, let to)): return times(value, from, to)
        case (.dateText, .range(let from, let to)):
            return [from.map { "\(value) >= \($0)" }, to.map { "\(value) BETWEEN '0' AND \($0)" }]
                .compactMap { $0 }.joined(separator: " AND ")
        case (.modalities, _): return modalities(value, key.match)
        case (.number, .empty): return "\(value) IS NULL"
        case (.number, .values(let texts)):
            // What is no whole number is a number that none of them is.
            return "\(value) = ANY (\(texts.compactMap { Int($0) })::bigint[])"
        case (.uid, .values(let uids)) where column.expression == "s.uid":
            // Resolved first, so that the visible list is entered by the study's key.
            return "v.study_id = ANY (ARRAY(SELECT id FROM portal.studies WHERE uid = ANY (\(uids)::text[])))"
        case (_, .empty): return "\(value) = ''"
        case (.folded(let exact), .values(let texts)):
            return any(
                texts.map { "\(value) = portal.fold(\($0))" + (isFuzzy ? "" : " AND \(certain(exact, "=", $0))") })
        case (.folded(let exact), .wildcards(let texts)):
            return any(
                texts.map(SearchPattern.wildcard).map {
                    "\(value) LIKE portal.fold(\($0))" + (isFuzzy ? "" : " AND \(certain(exact, "LIKE", $0))")
                })
        case (.name, .values(let texts)): return names(value, texts, wildcards: false)
        case (.name, .wildcards(let texts)): return names(value, texts, wildcards: true)
        case (_, .values(let texts)): return equal(value, texts)
        case (_, .wildcards(let texts)): return any(texts.map { "\(value) LIKE \(SearchPattern.wildcard($0))" })
        case (_, .range): throw MatchingError(path: key.path)
        }
    }

    private static func names(_ value: SQL, _ texts: [String], wildcards: Bool) -> SQL {
        any(texts.flatMap { SearchPattern.name($0, wildcards: wildcards) }.map { "\(value) LIKE portal.fold(\($0))" })
    }

    private static func dates(_ value: SQL, _ from: String?, _ to: String?) -> SQL {
        [
            from.map { "\(value) >= \($0)::date" }, from == nil ? "\(value) > '-infinity'" : nil,
            to.map { "\(value) < \($0)::date + 1" },
        ].compactMap { $0 }.joined(separator: " AND ")
    }

    /// A time with fewer digits stands for all it begins.
    private static func times(_ value: SQL, _ from: String?, _ to: String?) -> SQL {
        let text: SQL = "to_char(\(value), 'HH24MISS.US')"
        return [
            "isfinite(\(value))", from.map { "\(text) >= \($0)" }, to.map { "left(\(text), length(\($0))) <= \($0)" },
        ].compactMap { $0 }.joined(separator: " AND ")
    }

    private static func modalities(_ value: SQL, _ match: MatchingKey.Match) -> SQL {
        let member: SQL =
            switch match {
            case .values(let texts): "modalities && \(texts)::text[]"
            case .wildcards(let texts):
                """
                EXISTS (SELECT FROM unnest(modalities) AS m(modality)
                    WHERE m.modality LIKE ANY (\(texts.map(SearchPattern.wildcard))::text[]))
                """
            default: "modalities = '{}'"
            }
        return "\(value) = ANY (ARRAY(SELECT id FROM portal.modality_sets WHERE \(member)))"
    }

    /// A condition that the planner takes for met by many: it says again what another one says, and both together would
    /// look much rarer than they are.
    private static func certain(_ column: String, _ comparison: String, _ value: String) -> SQL {
        "coalesce(\(SQL(raw: column)) \(SQL(raw: comparison)) \(value), false)"
    }

    private static func equal(_ value: SQL, _ texts: [String]) -> SQL {
        if let text = texts.first, texts.count == 1 { return "\(value) = \(text)" }
        return "\(value) = ANY (\(texts)::text[])"
    }

    private static func any(_ conditions: [SQL]) -> SQL { "(\(conditions.joined(separator: " OR ")))" }
}
