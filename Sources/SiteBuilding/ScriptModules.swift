/// The ES modules of `content/scripts` with hashed names, their imports rewritten to those.
///
/// The content security policy forbids an inline import map, so the specifiers themselves change. A module's hash
/// covers the hashed names that it imports; hence there can be no cycle. What is imported by `await import('…')` is not
/// part of a page's first load.
struct ScriptModules {
    /// Source path (`pages/import.js`) → hashed path in the site.
    private(set) var hashed: [String: String] = [:]
    /// Hashed path → bytes.
    private(set) var files: [String: [UInt8]] = [:]
    /// What is loaded with a module.
    private var imports: [String: [String]] = [:]
    /// What a module loads when it is needed.
    private var later: [String: [String]] = [:]
    private let sources: [String: String]

    /// - Parameter sources: path under `scripts/` → text.
    /// - Throws: `SiteProblem` with file and line for an import that is absent, not relative, or part of a cycle.
    init(sources: [String: String]) throws {
        self.sources = sources
        for path in sources.keys.sorted() {
            try add(path, importers: [])
        }
    }

    /// The hashed paths of a module and all that is loaded with it, the module first, then in order of import.
    func closure(of path: String) -> [String] { walk(from: path) { imports[$0] }.compactMap { hashed[$0] } }

    /// The source paths of a module and all that it may come to need.
    func sources(neededBy path: String) -> [String] { walk(from: path) { (imports[$0] ?? []) + (later[$0] ?? []) } }

    private func walk(from path: String, along ways: (String) -> [String]?) -> [String] {
        var seen: [String] = []
        var waiting = [path]
        while !waiting.isEmpty {
            let next = waiting.removeFirst()
            guard !seen.contains(next) else { continue }
            seen.append(next)
            waiting += ways(next) ?? []
        }
        return seen
    }

    private mutating func add(_ path: String, importers: [String]) throws {
        guard hashed[path] == nil, let source = sources[path] else { return }
        var text = ""
        var rest = source.startIndex
        for (specifier, isDeferred) in Self.specifiers(in: source) {
            let problem = { SiteProblem("scripts/\(path)", line: source.line(of: specifier.startIndex), $0) }
            guard let target = Self.resolve(specifier, from: path) else {
                throw problem("the import “\(specifier)” is not relative")
            }
            guard sources[target] != nil else { throw problem("the import “\(specifier)” leads to no file") }
            guard target != path, !importers.contains(target) else {
                throw problem("the import “\(specifier)” closes a circle")
            }
            try add(target, importers: importers + [path])
            if isDeferred {
                later[path, default: []].append(target)
            } else {
                imports[path, default: []].append(target)
            }
            text += source[rest..<specifier.startIndex] + Self.renamed(specifier, to: hashed[target] ?? target)
            rest = specifier.endIndex
        }
        let bytes = [UInt8](Self.withoutComments(text + source[rest...]).utf8)
        let name = HashedName.of(path, holding: bytes)
        hashed[path] = name
        files[name] = bytes
    }

    /// The text without the comments that fill whole lines, which stay empty: errors still name the right line.
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

    /// What stands between the quotes of each import or re-export, and whether it waits until it is needed.
    private static func specifiers(in source: String) -> [(Substring, isDeferred: Bool)] {
        let loaded = source.matches(of: /(?m)^(?:import|export|\})(?:[^'";\n]*\bfrom)?[ \t]*'([^']+)'/).map(\.1)
        let deferred = source.matches(of: /\bawait import\('([^']+)'\)/).map(\.1)
        return (loaded.map { ($0, false) } + deferred.map { ($0, true) }).sorted { $0.0.startIndex < $1.0.startIndex }
    }

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

    /// The specifier with the file's hashed name at its end.
    private static func renamed(_ specifier: Substring, to hashed: String) -> String {
        let name = hashed.split(separator: "/").last ?? ""
        let folder = specifier.lastIndex(of: "/").map { specifier[...$0] } ?? ""
        return "\(folder)\(name)"
    }
}
