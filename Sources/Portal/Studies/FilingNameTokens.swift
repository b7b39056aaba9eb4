import Postgres

/// The dictionary of name words in `portal.name_tokens`.
///
/// It is kept in statements of its own, before the filing transaction: a word that nobody uses does no harm, and a
/// new word never holds up another study.
struct FilingNameTokens {
    let database: Connection

    /// - Parameter names: as DICOM writes them, not folded.
    /// - Returns: for each name the ids of its words, sorted.
    func ids(ofNames names: [String]) throws -> [[Int]] {
        guard !names.isEmpty else { return [] }
        let folded = try database.query(
            "SELECT portal.fold(name) FROM unnest(\(names)::text[]) WITH ORDINALITY AS n(name, place) ORDER BY place")
        let words = try folded.map { NameWords.words(ofFolded: try $0.text(0)) }
        let wanted = Set(words.joined()).sorted()
        guard !wanted.isEmpty else { return words.map { _ in [] } }
        var ids = try known(wanted)
        if ids.count < wanted.count {
            try database.adding { try add(wanted.filter { ids[$0] == nil }) }
            ids = try known(wanted)
        }
        return words.map { $0.compactMap { ids[$0] }.sorted() }
    }

    private func known(_ words: [String]) throws -> [String: Int] {
        let rows = try database.query("SELECT token, id FROM portal.name_tokens WHERE token = ANY (\(words)::text[])")
        return try Dictionary(rows.map { (try $0.text(0), try $0.int(1)) }) { first, _ in first }
    }

    private func add(_ words: [String]) throws {
        try database.execute(
            """
            WITH added AS (
                INSERT INTO portal.name_tokens (token) SELECT token FROM unnest(\(words)::text[]) AS n(token)
                ORDER BY token ON CONFLICT DO NOTHING RETURNING id, token)
            INSERT INTO portal.name_token_deletions (deletion, token_id)
            SELECT token, id FROM added UNION
            SELECT left(token, place - 1) || substr(token, place + 1), id
            FROM added, LATERAL generate_series(1, length(token)) AS place
            """)
    }
}
