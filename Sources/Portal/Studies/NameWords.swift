/// The words of a person's name that a search looks for; one rule for what is stored and what is asked.
///
/// Hyphens and apostrophes are no obstacle: `garcia-lopez` is `garcia`, `lopez` and `garcialopez`. Particles are left
/// out unless nothing else remains.
package enum NameWords {
    package static let most = 24
    package static let longest = 40

    private static let particles: Set<String> = [
        "af", "al", "av", "bin", "d", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du",
        "e", "el", "ibn", "l", "la", "las", "le", "les", "los", "of", "the", "van", "vom", "von", "y", "zu", "zum",
        "zur",
    ]

    /// - Parameter folded: a name as `portal.fold` gives it; components by `^`, groups by `=`.
    /// - Returns: each word once, in order; at most `most`, each at most `longest` characters.
    package static func words(ofFolded folded: String) -> [String] {
        let all = folded.split { !isWordCharacter($0) && !joins($0) }.flatMap(spellings)
        let named = all.filter { !particles.contains($0) }
        var seen: Set<String> = []
        let kept = (named.isEmpty ? all : named).map { String($0.prefix(longest)) }.filter { seen.insert($0).inserted }
        return Array(kept.prefix(most))
    }

    /// The word and every word that leaves out one of its characters: two words with a common one differ by at most
    /// one wrong, missing or extra letter, or by two letters swapped.
    package static func deletions(of word: String) -> [String] {
        let characters = Array(word.unicodeScalars)
        var all: Set = [word]
        for index in characters.indices {
            var shorter = String.UnicodeScalarView()
            shorter.append(contentsOf: characters[..<index])
            shorter.append(contentsOf: characters[(index + 1)...])
            all.insert(String(shorter))
        }
        return all.sorted()
    }

    private static func spellings(_ word: Substring) -> [String] {
        let parts = word.split(whereSeparator: joins).map(String.init)
        return parts.count > 1 ? parts + [parts.joined()] : parts
    }

    private static func isWordCharacter(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    private static func joins(_ character: Character) -> Bool { "-'’‐‑".contains(character) }
}
