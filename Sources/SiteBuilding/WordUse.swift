/// Which words the templates, the page list and the scripts use, and where.
struct WordUse {
    struct Use {
        let path: String
        let file: String
        let line: Int
    }

    private(set) var uses: [Use] = []
    /// Uses whose last part a script computes: `word(`status.${code}`)` uses all of `status.`.
    private(set) var prefixes: [Use] = []

    /// Notes what a Mustache template uses: `{{words.a.b}}`.
    mutating func note(template text: String, file: String) {
        for match in text.matches(of: /\{\{\{?[#^&]?\s*words\.([A-Za-z0-9.-]+)\s*\}/) {
            uses.append(Use(path: String(match.1), file: file, line: text.line(of: match.range.lowerBound)))
        }
    }

    /// Notes what a script uses: `word('a.b')`, `plural('a.b', n)` and computed ends.
    mutating func note(script text: String, file: String) {
        for match in text.matches(of: /\b(word|plural)\(\s*'([A-Za-z0-9.-]+)'/) {
            let line = text.line(of: match.range.lowerBound)
            let forms = match.1 == "plural" ? [".one", ".other"] : [""]
            uses += forms.map { Use(path: "\(match.2)\($0)", file: file, line: line) }
        }
        for match in text.matches(of: /\b(?:word|plural)\(\s*`([A-Za-z0-9.-]+\.)\$\{/) {
            prefixes.append(Use(path: String(match.1), file: file, line: text.line(of: match.range.lowerBound)))
        }
    }

    /// Notes a word that a list names.
    mutating func note(word path: String, file: String, line: Int) {
        uses.append(Use(path: path, file: file, line: line))
    }

    mutating func note(_ other: WordUse) {
        uses += other.uses
        prefixes += other.prefixes
    }

    /// What these files use.
    func of(_ files: Set<String>) -> WordUse {
        var some = WordUse()
        some.uses = uses.filter { files.contains($0.file) }
        some.prefixes = prefixes.filter { files.contains($0.file) }
        return some
    }

    /// Uses of words that do not exist.
    func missing(in words: Words) -> [SiteProblem] {
        uses.filter { words.leaves[$0.path] == nil }.map {
            SiteProblem($0.file, line: $0.line, "the word “\($0.path)” is not in \(words.file)")
        }
            + prefixes.filter { prefix in !words.leaves.keys.contains { $0.hasPrefix(prefix.path) } }.map {
                SiteProblem($0.file, line: $0.line, "no word in \(words.file) begins with “\($0.path)”")
            }
    }

    /// Whether some use names this word.
    func covers(_ path: String) -> Bool {
        uses.contains { $0.path == path } || prefixes.contains { path.hasPrefix($0.path) }
    }
}
