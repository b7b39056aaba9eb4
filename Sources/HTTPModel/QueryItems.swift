/// One `name=value` of a query, decoded.
package struct QueryItem: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

extension Request {
    /// The query's items in their order, percent-decoded; an item without `=` has an empty value.
    ///
    /// `+` is a space, as forms and `URLSearchParams` write it.
    /// - Throws: 400 `query.malformed` for a cut escape, or one that is not UTF-8 or holds NUL.
    package var queryItems: [QueryItem] {
        get throws(HTTPError) {
            guard !query.isEmpty else { return [] }
            var items: [QueryItem] = []
            for part in query.split(separator: "&") {
                let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard let name = decoded(halves[0]), let value = decoded(halves.count > 1 ? halves[1] : "")
                else {
                    throw .badRequest("query.malformed", "The query holds a malformed percent-escape or a NUL.")
                }
                items.append(QueryItem(name: name, value: value))
            }
            return items
        }
    }

    /// The value of a parameter that may be given once.
    ///
    /// - Throws: 400 when it is given twice or the query is malformed.
    package func queryValue(_ name: String) throws(HTTPError) -> String? {
        let values = try queryItems.filter { $0.name == name }
        guard values.count <= 1 else {
            throw .badRequest("query.repeated", "The parameter '\(name)' may be given only once.", field: name)
        }
        return values.first?.value
    }

    /// - Throws: 400 `query.unknown` when a parameter is none of `names`.
    package func requireQuery(only names: Set<String>) throws(HTTPError) {
        for item in try queryItems where !names.contains(item.name) {
            let known = names.isEmpty ? "–" : names.sorted().joined(separator: ", ")
            throw .badRequest(
                "query.unknown", "A query parameter is not known here; known: \(known).", field: item.name,
                details: ["known": known])
        }
    }

    private func decoded(_ text: Substring) -> String? {
        guard let value = PercentEncoding.decode(text, plusIsSpace: true), !value.utf8.contains(0) else { return nil }
        return value
    }
}
