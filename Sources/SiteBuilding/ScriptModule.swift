/// One ES module of `content/scripts`, read so that it can stand in one file with others.
///
/// The pages write imports and exports in few forms: `import { a, b as c } from './x.js';`, `import './x.js';`,
/// `await import('./x.js')`, and `export` before a function, a class or a constant.
struct ScriptModule {
    /// Another module that this one names.
    struct Import {
        let path: String
        let line: Int
        /// Whether it is fetched only when it is needed, by `await import('…')`.
        let isDeferred: Bool
    }

    /// Under `scripts/`: `pages/import.js`.
    let path: String
    /// In the order in which they stand.
    let imports: [Import]
    private let exports: [String]
    private let source: String

    /// - Throws: `SiteProblem` with file and line for an import that is not relative, and for other forms than those above.
    init(path: String, source: String) throws {
        self.path = path
        self.source = source
        exports = source.matches(of: Self.exportStart).map { String($0.2) }
        imports = try Self.imports(of: source, in: path)
        let understood = imports.count { !$0.isDeferred } + exports.count
        let written = source.matches(of: /(?m)^(?:import|export)\b/)
        guard written.count == understood else {
            let known = Set(
                source.matches(of: Self.staticImport).map(\.range.lowerBound)
                    + source.matches(of: Self.exportStart).map(\.range.lowerBound))
            let stranger = written.first { !known.contains($0.range.lowerBound) }
            throw SiteProblem(
                "scripts/\(path)", line: stranger.map { source.line(of: $0.range.lowerBound) },
                "this form of import or export cannot be put into one file with others")
        }
    }

    /// The module as an entry of `modules`: a function of its own, so that no name meets that of another module.
    ///
    /// Its lines stay as they are, so that an error's line leads to the source's.
    ///
    /// - Parameter address: where the file is that begins with a module which is fetched when it is needed.
    func asFunction(address: (String) -> String) -> String {
        let body = source.replacing(Self.staticImport) { match in
            guard let names = match.1 else { return "" }
            return "const {\(names.replacing(" as ", with: ": "))} = modules['\(resolved(match.2))'];"
        }.replacing(Self.deferredImport) { match in
            "await import('\(address(resolved(match.1)))')"
        }.replacing(Self.exportStart) { match in
            match.0.dropFirst("export ".count)
        }
        let result = exports.isEmpty ? "" : "return { \(exports.joined(separator: ", ")) };\n"
        return "modules['\(path)'] = (() => {\n\(Self.withoutComments(body))\n\(result)})();\n"
    }

    /// The text of a module that stands alone: nothing is imported or exported.
    var alone: String? { imports.isEmpty && exports.isEmpty ? Self.withoutComments(source) : nil }

    /// What `await import('…')` of a file that begins with this module gives; empty without exports.
    var reexport: String {
        exports.isEmpty ? "" : "export const { \(exports.joined(separator: ", ")) } = modules['\(path)'];\n"
    }

    private static var staticImport: Regex<(Substring, Substring?, Substring)> {
        /(?m)^import (?:\{([^}]*)\} from )?'([^'\n]+)';/
    }
    private static var deferredImport: Regex<(Substring, Substring)> { /\bawait import\('([^'\n]+)'\)/ }
    private static var exportStart: Regex<(Substring, Substring, Substring)> {
        /(?m)^export ((?:async )?function|class|const) ([A-Za-z_$][A-Za-z0-9_$]*)/
    }

    private static func imports(of source: String, in path: String) throws -> [Import] {
        let found =
            source.matches(of: staticImport).map { ($0.2, false) }
            + source.matches(of: deferredImport).map { ($0.1, true) }
        return try found.sorted { $0.0.startIndex < $1.0.startIndex }.map { specifier, isDeferred in
            let line = source.line(of: specifier.startIndex)
            guard let target = resolve(specifier, from: path) else {
                throw SiteProblem("scripts/\(path)", line: line, "the import “\(specifier)” is not relative")
            }
            return Import(path: target, line: line, isDeferred: isDeferred)
        }
    }

    private func resolved(_ specifier: Substring) -> String { Self.resolve(specifier, from: path) ?? String(specifier) }

    private static func resolve(_ specifier: Substring, from path: String) -> String? {
        guard specifier.hasPrefix("./") || specifier.hasPrefix("../") else { return nil }
        var parts = path.split(separator: "/").dropLast().map(String.init)
        for part in specifier.split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }

    /// The text without the comments that fill whole lines, which stay empty.
    ///
    /// A template's text has no line that looks like such a comment.
    private static func withoutComments(_ source: String) -> String {
        var inside = false
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map { line -> Substring in
            let content = line.trimmingPrefix(while: \.isWhitespace)
            if inside {
                inside = !content.contains("*/")
                return ""
            }
            if content.hasPrefix("//") { return "" }
            guard content.hasPrefix("/**") else { return line }
            guard let end = content.firstRange(of: "*/") else {
                inside = true
                return ""
            }
            return end.upperBound == content.endIndex ? "" : line
        }
        return lines.joined(separator: "\n")
    }
}
