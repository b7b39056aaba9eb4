/// The modules of `content/scripts` and how they import each other: none is absent, and there is no circle.
struct ScriptModules {
    private var modules: [String: ScriptModule] = [:]

    /// - Parameter sources: path under `scripts/` → text.
    /// - Throws: `SiteProblem` with file and line for an import that is absent, not relative, or part of a circle.
    init(sources: [String: String]) throws {
        for (path, source) in sources.sorted(by: { $0.key < $1.key }) {
            modules[path] = try ScriptModule(path: path, source: source)
        }
        var checked: Set<String> = []
        for path in paths { try check(path, importers: [], &checked) }
    }

    /// Sorted.
    var paths: [String] { modules.keys.sorted() }

    subscript(path: String) -> ScriptModule? { modules[path] }

    /// A module and all that is loaded with it; each after what it imports, the module itself last.
    func closure(of path: String) -> [String] {
        var order: [String] = []
        func visit(_ path: String) {
            guard !order.contains(path) else { return }
            for one in modules[path]?.imports ?? [] where !one.isDeferred { visit(one.path) }
            order.append(path)
        }
        visit(path)
        return order
    }

    /// A module and all that it may come to need.
    func needed(by path: String) -> [String] {
        var seen: [String] = []
        var waiting = [path]
        while !waiting.isEmpty {
            let next = waiting.removeFirst()
            guard !seen.contains(next) else { continue }
            seen.append(next)
            waiting += modules[next]?.imports.map(\.path) ?? []
        }
        return seen
    }

    /// What is fetched when a module, or one that it came to need, needs it.
    func fetchedLater(by path: String) -> [String] {
        let deferred = needed(by: path).flatMap { modules[$0]?.imports ?? [] }.filter(\.isDeferred)
        return Set(deferred.map(\.path)).sorted()
    }

    private func check(_ path: String, importers: [String], _ checked: inout Set<String>) throws {
        guard !checked.contains(path) else { return }
        for one in modules[path]?.imports ?? [] {
            let problem = { (what: String) in
                SiteProblem("scripts/\(path)", line: one.line, "the import of “\(one.path)” \(what)")
            }
            guard modules[one.path] != nil else { throw problem("leads to no file") }
            guard one.path != path, !importers.contains(one.path) else { throw problem("closes a circle") }
            try check(one.path, importers: importers + [path], &checked)
        }
        checked.insert(path)
    }
}
