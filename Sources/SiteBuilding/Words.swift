import Yams

/// What the pages say in one language: a tree of YAML whose leaves are named by their path, `patients.title`.
struct Words {
    struct Word: Equatable {
        let text: String
        let line: Int

        /// The names between braces that a script puts values into.
        var placeholders: Set<String> {
            Set(text.matches(of: /\{([A-Za-z]+)\}/).map { String($0.1) })
        }
    }

    let file: String
    private(set) var leaves: [String: Word] = [:]

    /// - Throws: `SiteProblem` with the line, for YAML that is not YAML, a list, or an empty word.
    init(yaml: String, file: String) throws {
        self.file = file
        guard let root = try Self.compose(yaml, file: file) else { return }
        try collect(root, path: "")
    }

    /// The tree that templates look words up in.
    var tree: [String: Any] {
        var tree: [String: Any] = [:]
        for (path, word) in leaves {
            Self.put(word.text, at: path.split(separator: ".").map(String.init)[...], in: &tree)
        }
        return tree
    }

    /// What one language says and the other does not, and placeholders that differ.
    static func differences(_ first: Words, _ second: Words) -> [SiteProblem] {
        missing(from: second, in: first) + missing(from: first, in: second)
            + first.leaves.compactMap { path, word in
                guard let other = second.leaves[path], other.placeholders != word.placeholders else { return nil }
                return SiteProblem(second.file, line: other.line, "“\(path)” has other placeholders than \(first.file)")
            }
    }

    /// Parses YAML, with the file and line in its errors.
    static func compose(_ yaml: String, file: String) throws -> Node? {
        do {
            return try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw SiteProblem(file, line: mark(of: error)?.line, "is not YAML: \(summary(of: error))")
        }
    }

    private static func missing(from poor: Words, in rich: Words) -> [SiteProblem] {
        rich.leaves.filter { poor.leaves[$0.key] == nil }.map { path, word in
            SiteProblem(poor.file, "lacks “\(path)”, which \(rich.file):\(word.line) has")
        }
    }

    private mutating func collect(_ node: Node, path: String) throws {
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                guard let name = key.scalar?.string, name.wholeMatch(of: /[A-Za-z0-9-]+/) != nil else {
                    throw SiteProblem(file, line: key.mark?.line, "a key is made of letters, digits and hyphens")
                }
                try collect(value, path: path.isEmpty ? name : "\(path).\(name)")
            }
        case .scalar(let scalar) where !scalar.string.isEmpty && !path.isEmpty:
            leaves[path] = Word(text: scalar.string, line: scalar.mark?.line ?? 1)
        default:
            throw SiteProblem(file, line: node.mark?.line, "“\(path)” is not a text")
        }
    }

    private static func put(_ text: String, at path: ArraySlice<String>, in tree: inout [String: Any]) {
        guard let first = path.first else { return }
        guard path.count > 1 else {
            tree[first] = text
            return
        }
        var branch = tree[first] as? [String: Any] ?? [:]
        put(text, at: path.dropFirst(), in: &branch)
        tree[first] = branch
    }

    private static func mark(of error: YamlError) -> Mark? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark
        default: nil
        }
    }

    private static func summary(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let duplicates, _): "the key \(duplicates) stands twice"
        default: "it cannot be read"
        }
    }
}
