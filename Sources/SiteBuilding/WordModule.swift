/// The script that teaches a page the words of one language: only those that its scripts use.
enum WordModule {
    /// `words-fr/pages/patients.js` for `pages/patients.js`.
    static func path(_ language: Language, of script: String) -> String { "words-\(language.rawValue)/\(script)" }

    static func source(_ words: Words, of script: String, usedBy use: WordUse) -> String {
        let up = String(repeating: "../", count: script.split(separator: "/").count)
        let lines = words.leaves.filter { use.covers($0.key) }.sorted { $0.key < $1.key }
            .map { "  \(literal($0.key)): \(literal($0.value.text))," }
        return "import { teach } from '\(up)words.js';\n\nteach({\n\(lines.joined(separator: "\n"))\n});\n"
    }

    /// A string of JavaScript in double quotes.
    static func literal(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": literal += "\\\(scalar)"
            case "\n": literal += "\\n"
            case "<": literal += "\\u003c"
            case _ where scalar.value < 0x20 || scalar.value == 0x2028 || scalar.value == 0x2029:
                let hex = String(scalar.value, radix: 16)
                literal += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }
}
