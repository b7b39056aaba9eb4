import Postgres

/// Filters of the list of patients that somebody keeps under a name.
package struct SavedSearch: Sendable, Equatable, Encodable {
    package let id: String
    package let name: String
    /// What the page's address holds, by its names.
    package let filters: FreeJSON
}

/// One account's own.
package struct SavedSearches {
    package static let most = 30
    /// In characters.
    private static let longestName = 60
    private static let mostFilters = 12
    /// In characters, of a filter's name or value.
    private static let longestFilter = 200

    private let database: Connection
    private let user: String

    package init(database: Connection, user: String) {
        self.database = database
        self.user = user
    }

    /// By name.
    package func list() throws -> [SavedSearch] {
        try database.query(
            "SELECT id, name, filters FROM portal.saved_searches WHERE user_id = \(uuid: user) ORDER BY lower(name), id"
        ).map(Self.saved)
    }

    /// Keeps filters, in place of those that had the name.
    ///
    /// - Throws: 422 `search.name.missing`, `search.name.tooLong`, `search.filters.invalid`; 409 `search.tooMany`.
    package func save(name: String, filters: [String: String]) throws -> SavedSearch {
        let problems = Self.problems(name: name, filters: filters)
        guard problems.isEmpty else { throw PortalError.invalid(problems) }
        let text = try FreeJSON.object(filters.mapValues(FreeJSON.string)).text()
        return try database.transaction {
            try database.query("SELECT 1 FROM portal.users WHERE id = \(uuid: user) FOR NO KEY UPDATE")
            let saved = try database.query(
                """
                INSERT INTO portal.saved_searches (user_id, name, filters)
                VALUES (\(uuid: user), \(name), \(text)::jsonb)
                ON CONFLICT (user_id, lower(name)) DO UPDATE SET name = excluded.name, filters = excluded.filters
                RETURNING id, name, filters
                """
            ).map(Self.saved)
            let count = try database.query("SELECT count(*) FROM portal.saved_searches WHERE user_id = \(uuid: user)")
            guard let search = saved.first, try count.first?.int(0) ?? 0 <= Self.most else {
                throw PortalError.conflict(code: "search.tooMany")
            }
            return search
        }
    }

    /// - Throws: `PortalError.notFound`.
    package func delete(_ id: String) throws {
        guard isUUID(id),
            try database.execute(
                "DELETE FROM portal.saved_searches WHERE id = \(uuid: id) AND user_id = \(uuid: user)") == 1
        else { throw PortalError.notFound }
    }

    private static func saved(_ row: Row) throws -> SavedSearch {
        SavedSearch(id: try row.text(0), name: try row.text(1), filters: try FreeJSON(text: try row.text(2)))
    }

    private static func problems(name: String, filters: [String: String]) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if name.allSatisfy(\.isWhitespace) { problems.append(FieldProblem(field: "name", code: "search.name.missing")) }
        if name.count > longestName {
            problems.append(FieldProblem(field: "name", code: "search.name.tooLong", limit: longestName))
        }
        let texts = Array(filters.keys) + filters.values
        if filters.count > mostFilters || texts.contains(where: { $0.count > longestFilter || $0.utf8.contains(0) }) {
            problems.append(FieldProblem(field: "filters", code: "search.filters.invalid"))
        }
        return problems
    }
}
