import DICOM
import Postgres

/// Finds a patient by words of the name, in any order.
struct SearchNames {
    let database: Connection

    /// The folded words of what was asked; hyphenated parts count as words of their own.
    func words(of text: String) throws -> [String] {
        let spaced = String(text.map { "*?-'’".contains($0) ? " " : $0 })
        guard let row = try database.query("SELECT portal.fold(\(spaced))").first else { return [] }
        return NameWords.words(ofFolded: try row.text(0))
    }

    /// Names that hold every word.
    static func literal(_ words: [String]) -> SQL {
        words.map { "v.name LIKE \("%" + SearchPattern.literal($0) + "%")" }.joined(separator: " AND ")
    }

    /// Names that hold every word but for one letter wrong, missing, too many or swapped with its neighbour.
    ///
    /// - Returns: `nil` when no name holds one of the words.
    func similar(_ words: [String]) throws -> SQL? {
        var conditions: [SQL] = []
        for word in words {
            let tokens = try tokens(like: word)
            guard !tokens.isEmpty else { return nil }
            conditions.append("v.name_tokens && \(tokens)::int[]")
        }
        return conditions.joined(separator: " AND ")
    }

    /// In a shorter word one letter makes too great a difference.
    private static let shortestTolerant = 4

    private func tokens(like word: String) throws -> [Int] {
        guard word.count >= Self.shortestTolerant else {
            return try database.query("SELECT id FROM portal.name_tokens WHERE token = \(word)").map { try $0.int(0) }
        }
        return try database.query(
            """
            SELECT DISTINCT t.id FROM portal.name_token_deletions d JOIN portal.name_tokens t ON t.id = d.token_id
            WHERE d.deletion = ANY (\(NameWords.deletions(of: word))::text[])
                AND (levenshtein_less_equal(t.token, \(word), 1) <= 1 OR t.token = ANY (\(Self.swaps(of: word))::text[]))
            """
        ).map { try $0.int(0) }
    }

    /// The word with each pair of neighbours swapped.
    private static func swaps(of word: String) -> [String] {
        let letters = Array(word.unicodeScalars)
        return letters.indices.dropLast().map { index in
            var swapped = letters
            swapped.swapAt(index, index + 1)
            return swapped.reduce(into: "") { $0.unicodeScalars.append($1) }
        }
    }
}
