import DICOM
import Postgres

/// Conditions on attributes that have no column: they are looked for in the stored DICOM JSON.
///
/// A series keeps what its first instance says (`se.shared`), an instance what differs from that; so the first instance
/// speaks for all that are silent. What is too long for the index is as absent here.
struct SearchAttributes {
    private let key: MatchingKey

    /// - Returns: `nil` when the key restricts nothing.
    static func condition(_ key: MatchingKey, at level: SearchColumn.Level) -> SQL? {
        if key.match == .universal { return nil }
        let attributes = SearchAttributes(key: key)
        let any = attributes.places(level).joined(separator: " OR ")
        return key.match == .empty ? "NOT (\(any))" : any
    }

    private func places(_ level: SearchColumn.Level) -> [SQL] {
        let study = exists(in: "s.attributes")
        // What belongs to the study stands nowhere else.
        if AttributeLevel.of(key.path[0]) == .study { return [study] }
        let series = exists(in: "se.attributes")
        let shared = exists(in: "se.shared")
        let differs: SQL = isPrivate ? "" : "AND i.attributes ? \(key.path[0].hex)"
        let another: SQL = """
            EXISTS (SELECT FROM portal.instances i WHERE i.series_id = se.id \(differs) AND \(exists(in: differing)))
            """
        switch level {
        case .study:
            return [
                """
                EXISTS (SELECT FROM portal.series se WHERE se.study_id = v.study_id
                    AND (\(series) OR \(shared) OR \(another)))
                """
            ]
        case .series: return [series, shared, another]
        case .instance: return [exists(in: effective)]
        }
    }

    /// What an instance says itself. Where a private block matters, the whole data set is put together again.
    private var differing: SQL { isPrivate ? "se.shared || i.attributes" : "i.attributes" }

    private var effective: SQL {
        if isPrivate { return "se.shared || i.attributes" }
        return "CASE WHEN i.attributes ? \(key.path[0].hex) THEN i.attributes ELSE se.shared END"
    }

    private var isPrivate: Bool { key.creators.contains { $0 != nil } }

    private func exists(in place: SQL) -> SQL {
        let wanted = key.match == .empty ? "TRUE" : test
        guard isPrivate else {
            return "EXISTS (SELECT FROM jsonb_path_query(\(place), \(path)::jsonpath) AS x(value) WHERE \(wanted))"
        }
        // Item by item, as the number of a private block differs from file to file.
        var (sources, level): ([SQL], SQL) = ([], place)
        for (depth, tag) in key.path.enumerated() {
            let (attribute, value) = (SQL(raw: "a\(depth)"), SQL(raw: depth == key.path.count - 1 ? "x" : "i\(depth)"))
            sources += [
                "portal.attribute(\(level), \(tag.hex), \(key.creators[depth])) AS \(attribute)(value)",
                "portal.attribute_values_of(\(attribute).value) AS \(value)(value)",
            ]
            level = "\(value).value"
        }
        return "EXISTS (SELECT FROM \(sources.joined(separator: ", ")) WHERE \(wanted))"
    }

    /// `$."00101002"."Value"[*]."00100020"."Value"[*]`; a name's value is an object of its groups.
    private var path: String {
        key.path.reduce("$") { "\($0).\"\($1.hex)\".\"Value\"[*]" } + (key.vr == .PN ? ".*" : "")
    }

    private var test: SQL {
        let text: SQL = "x.value #>> '{}'"
        switch key.match {
        case .universal, .empty: return "TRUE"
        case .values(let texts) where key.vr == .PN: return Self.names(texts, wildcards: false)
        case .wildcards(let texts) where key.vr == .PN: return Self.names(texts, wildcards: true)
        case .values(let texts):
            let numbers = texts.compactMap { Double($0) }
            guard Self.mayBeNumber(key.vr), numbers.count == texts.count else {
                return "(\(text)) = ANY (\(texts)::text[])"
            }
            return """
                CASE WHEN (\(text)) ~ '^[-+]?[0-9]{1,30}([.][0-9]{1,30})?$'
                    THEN (\(text))::float8 = ANY (\(numbers)::float8[]) ELSE (\(text)) = ANY (\(texts)::text[]) END
                """
        case .wildcards(let texts): return "(\(text)) LIKE ANY (\(texts.map(SearchPattern.wildcard))::text[])"
        case .range(let from, let to) where key.vr == .DT:
            return [
                from.map { "portal.moment(\(text), true) > portal.moment(\($0), false)" },
                to.map { "portal.moment(\(text), false) < portal.moment(\($0), true)" },
            ].compactMap { $0 }.joined(separator: " AND ")
        case .range(let from, let to):
            return [from.map { "(\(text)) >= \($0)" }, to.map { "left(\(text), length(\($0))) <= \($0)" }]
                .compactMap { $0 }.joined(separator: " AND ")
        }
    }

    private static func names(_ texts: [String], wildcards: Bool) -> SQL {
        texts.flatMap { SearchPattern.name($0, wildcards: wildcards) }
            .map { "portal.fold(x.value #>> '{}') LIKE portal.fold(\($0))" }.joined(separator: " OR ")
    }

    private static func mayBeNumber(_ vr: VR) -> Bool {
        [.IS, .DS, .US, .SS, .UL, .SL, .SV, .UV, .FL, .FD, .UN].contains(vr)
    }
}
