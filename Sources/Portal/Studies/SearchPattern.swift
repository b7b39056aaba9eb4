/// Patterns for SQL's LIKE.
enum SearchPattern {
    /// `*` becomes `%` and `?` becomes `_`, after what LIKE would read as such is escaped.
    static func wildcard(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { pattern, scalar in
            switch scalar {
            case "*": pattern += "%"
            case "?": pattern += "_"
            default: pattern += escaped(scalar)
            }
        }
    }

    /// Text that matches itself only.
    static func literal(_ text: String) -> String { text.unicodeScalars.reduce(into: "") { $0 += escaped($1) } }

    /// Patterns for a person's name, of which any group may match: alphabetic, ideographic, phonetic.
    ///
    /// Empty components at the end of what is asked are no difference: `A^B^^` is `A^B`.
    static func name(_ text: String, wildcards: Bool) -> [String] {
        let end = text.lastIndex { $0 != "^" }.map { text.index(after: $0) } ?? text.startIndex
        let group = wildcards ? wildcard(String(text[..<end])) : literal(String(text[..<end]))
        let starts = group.hasPrefix("%") ? [group] : [group, "%=" + group]
        return group.hasSuffix("%") ? starts : starts + starts.map { $0 + "=%" }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        scalar == "\\" || scalar == "%" || scalar == "_" ? "\\\(scalar)" : String(scalar)
    }
}
