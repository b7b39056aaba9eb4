/// Finds what a reader would see in one language only: text in templates and scripts that is no word of `words/`.
enum UntranslatedText {
    /// Names that are the same in every language; the template `brand` is the first of them.
    private static let names = ["Preview DICOM", "Français", "English"]
    private static let brand = Templates.file("brand")

    /// Text between the tags of a Mustache template, and in attributes that are read.
    static func problems(inTemplate text: String, file: String) -> [SiteProblem] {
        guard file != brand else { return [] }
        let unread =
            /(?s)\{\{\$attributes\}\}.*?\{\{\/attributes\}\}|<(script|style|svg|code|kbd)\b.*?<\/\1>|<!--.*?-->/
        let readable = blanked(blanked(text, unread), /\{\{\{?.*?\}?\}\}/)
        var problems: [SiteProblem] = []
        for match in blanked(readable, /<[^>]*>/).matches(of: /\S[^\n]*/) where isText(match.0) {
            problems.append(problem(match.0, readable, file))
        }
        for match in readable.matches(of: /\s(?:alt|aria-label|aria-description|placeholder|title)="([^"]*)"/)
        where isText(match.1) {
            problems.append(problem(match.1, readable, file))
        }
        return problems
    }

    /// Texts of a script that look like sentences: two words or more of which the first is written large, or with letters
    /// that only a language has; and whatever is put straight into the page.
    static func problems(inScript text: String, file: String) -> [SiteProblem] {
        let code = blanked(blanked(text, /(?s)\/\*.*?\*\//), /(?m)(?:^|\s)\/\/[^\n]*/)
        var problems = code.matches(of: /'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/).compactMap { match -> SiteProblem? in
            let literal = match.1 ?? match.2 ?? match.3 ?? ""
            return isSentence(String(literal)) ? problem(literal, code, file) : nil
        }
        for match in code.matches(of: /(?:textContent = |\bannounce\(|\bnotice\('\w+', )'([^'\n]*)'/)
        where isText(match.1) {
            problems.append(problem(match.1, code, file))
        }
        return problems
    }

    private static func isSentence(_ literal: String) -> Bool {
        let plain = literal.replacing(/\$\{[^}]*\}/, with: "")
        guard isText(plain[...]) else { return false }
        if plain.contains(/[À-ÖØ-öø-ÿœŒ’]/) { return true }
        let words = plain.split(separator: " ")
        guard words.count > 1, plain.contains(/^[A-Z][a-z]* [a-z]|^[A-Z][a-z]+ [A-Za-z ]*[.!?:…]$/) else {
            return false
        }
        return words.count(where: { $0.contains(/^[A-Za-z’-]+[,.:;!?]?$/) }) > 1
    }

    /// Whether somebody could read it: two letters in a row that are no name.
    private static func isText(_ text: Substring) -> Bool {
        names.reduce(String(text)) { $0.replacing($1, with: "") }.replacing(/&[a-z]+;/, with: "").contains(/\p{L}{2}/)
    }

    /// The same text, as long as before, with what matches as blanks.
    private static func blanked<Output>(_ text: String, _ pattern: some RegexComponent<Output>) -> String {
        var blanked = text
        for match in text.matches(of: pattern).reversed() {
            let blanks = text[match.range].map { letter -> Character in letter == "\n" ? letter : " " }
            blanked.replaceSubrange(match.range, with: blanks)
        }
        return blanked
    }

    private static func problem(_ found: Substring, _ searched: String, _ file: String) -> SiteProblem {
        let shown = found.replacing(/\s+/, with: " ").prefix(60)
        return SiteProblem(
            file, line: searched.line(of: found.startIndex),
            "“\(shown)” is text outside words/, in one language only")
    }
}
