import CCmark
import Glibc

/// CommonMark to HTML, without raw HTML and without links that run something.
enum Markdown {
    /// The file's first heading is its title; the rest becomes the body.
    struct Article: Equatable {
        let title: String
        let html: String
    }

    /// - Throws: `SiteProblem` when the text does not begin with `# Title`.
    static func article(_ text: String, file: String) throws -> Article {
        guard let heading = text.prefixMatch(of: /#[ ]+([^\n]+)\n/) else {
            throw SiteProblem(file, line: 1, "a help page begins with “# Title”")
        }
        if let raw = text.firstMatch(of: /(?m)^[ \t]*<[a-zA-Z\/!]/) {
            throw SiteProblem(file, line: text.line(of: raw.range.lowerBound), "HTML is not Markdown here")
        }
        return Article(title: String(heading.1), html: html(String(text[heading.range.upperBound...])))
    }

    /// Renders the body; libcmark leaves out raw HTML and `javascript:` unless told otherwise.
    static func html(_ text: String) -> String {
        let rendered = text.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                cmark_markdown_to_html(characters.baseAddress, characters.count, CMARK_OPT_DEFAULT)
            }
        }
        guard let rendered, let characters = rendered else { return "" }
        defer { free(characters) }
        return String(cString: characters)
    }
}
