import Mustache

/// The Mustache templates of `content/templates`, each under its path without the extension.
struct Templates {
    private let library: MustacheLibrary
    private let names: Set<String>

    /// - Throws: `SiteProblem` with file and line for a template that cannot be read or a partial that is absent.
    init(sources: [String: String]) throws {
        names = Set(sources.keys)
        var templates: [String: MustacheTemplate] = [:]
        for (name, text) in sources.sorted(by: { $0.key < $1.key }) {
            templates[name] = try Self.parse(text, file: Self.file(name))
            for match in text.matches(of: /\{\{[><]\s*([^}\s]+)\s*\}\}/) where !names.contains(String(match.1)) {
                let line = text.line(of: match.range.lowerBound)
                throw SiteProblem(Self.file(name), line: line, "there is no template “\(match.1)”")
            }
        }
        library = MustacheLibrary(templates: templates)
    }

    static func file(_ name: String) -> String { "templates/\(name).mustache" }

    func contains(_ name: String) -> Bool { names.contains(name) }

    /// Renders a template; every `{{value}}` is escaped for HTML.
    ///
    /// - Throws: `SiteProblem` when there is no such template.
    func render(_ values: [String: Any], with name: String) throws -> String {
        guard let text = library.render(values, withTemplate: name) else {
            throw SiteProblem(Self.file(name), "is missing")
        }
        return text
    }

    private static func parse(_ text: String, file: String) throws -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: text)
        } catch let error as MustacheTemplate.ParserError {
            throw SiteProblem(file, line: error.context.lineNumber, "is not a Mustache template: \(error.error)")
        }
    }
}
