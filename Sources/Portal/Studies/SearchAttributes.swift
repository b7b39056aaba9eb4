import DICOM
import Postgres

/// Conditions on attributes that have no column: they are looked for in the stored DICOM JSON.
enum SearchAttributes {
    /// - Returns: `nil` when the key restricts nothing.
    static func condition(_ key: MatchingKey, at level: SearchColumn.Level) -> SQL? {
        if key.match == .universal { return nil }
        let wanted = key.match == .empty ? "TRUE" : test(key)
        var places: [SQL] = ["s.attributes"]
        if level >= .series { places += ["se.attributes", "se.shared"] }
        if level >= .instance { places.append("i.attributes") }
        var found = places.map { exists(key, in: $0, wanted) }
        if level == .study {
            let below = ["se.attributes", "se.shared"].map { exists(key, in: $0, wanted) }.joined(separator: " OR ")
            found.append("EXISTS (SELECT FROM portal.series se WHERE se.study_id = v.study_id AND (\(below)))")
        }
        let any = found.joined(separator: " OR ")
        return key.match == .empty ? "NOT (\(any))" : any
    }

    private static func exists(_ key: MatchingKey, in place: SQL, _ wanted: SQL) -> SQL {
        "EXISTS (SELECT FROM jsonb_path_query(\(place), \(path(key))::jsonpath) AS x(value) WHERE \(wanted))"
    }

    /// `$."00101002"."Value"[*]."00100020"."Value"[*]`; a name's value is an object of its groups.
    private static func path(_ key: MatchingKey) -> String {
        key.path.reduce("$") { "\($0).\"\($1.hex)\".\"Value\"[*]" } + (key.vr == .PN ? ".*" : "")
    }

    private static func test(_ key: MatchingKey) -> SQL {
        let text: SQL = "x.value #>> '{}'"
        switch key.match {
        case .universal, .empty: return "TRUE"
        case .values(let texts) where key.vr == .PN: return names(texts.map(SearchPattern.literal))
        case .wildcards(let texts) where key.vr == .PN: return names(texts.map(SearchPattern.wildcard))
        case .values(let texts):
            let numbers = texts.compactMap { Double($0) }
            guard isNumeric(key.vr), numbers.count == texts.count else {
                return "(\(text)) = ANY (\(texts)::text[])"
            }
            return """
                CASE WHEN (\(text)) ~ '^[-+]?[0-9]{1,30}([.][0-9]{1,30})?$'
                    THEN (\(text))::float8 = ANY (\(numbers)::float8[]) ELSE (\(text)) = ANY (\(texts)::text[]) END
                """
        case .wildcards(let texts): return "(\(text)) LIKE ANY (\(texts.map(SearchPattern.wildcard))::text[])"
        case .range(let from, let to):
            return [from.map { "(\(text)) >= \($0)" }, to.map { "left(\(text), length(\($0))) <= \($0)" }]
                .compactMap { $0 }.joined(separator: " AND ")
        }
    }

    private static func names(_ patterns: [String]) -> SQL {
        patterns.map { "portal.fold(x.value #>> '{}') LIKE portal.fold(\($0))" }.joined(separator: " OR ")
    }

    private static func isNumeric(_ vr: VR) -> Bool {
        [.IS, .DS, .US, .SS, .UL, .SL, .SV, .UV, .FL, .FD].contains(vr)
    }
}
