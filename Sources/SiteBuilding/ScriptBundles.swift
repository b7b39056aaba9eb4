/// The files with hashed names in which the modules of `content/scripts` reach a browser.
///
/// Each fetched file costs a slow processor ten milliseconds before the first paint, so what is loaded together is one
/// file: a page's script with all that it imports, its words, and each module that is fetched later with what it imports.
/// What two of these files need stands in a file that all pages share, because in a page each module exists once.
struct ScriptBundles {
    /// The file that all pages share.
    static let common = "common.js"

    /// Source path of what a page loads or fetches later (`pages/import.js`) → hashed path in the site.
    private(set) var hashed: [String: String] = [:]
    /// Hashed path → bytes.
    private(set) var files: [String: [UInt8]] = [:]
    private let modules: ScriptModules
    private var shared: [String] = []

    /// - Parameter pages: the scripts that each page loads.
    /// - Throws: `SiteProblem` for a script that no page needs, and for what cannot be shared.
    init(_ modules: ScriptModules, pages: [[String]]) throws {
        self.modules = modules
        let loaded = pages.map { scripts in Set(scripts + scripts.flatMap(modules.fetchedLater)).sorted() }
        let needed = Set(loaded.joined().flatMap(modules.closure))
        if let idle = modules.paths.first(where: { !needed.contains($0) }) {
            throw SiteProblem("scripts/\(idle)", "no page loads it")
        }
        let twice = loaded.flatMap { Self.repeated(in: $0.map(modules.closure)) }
        shared = needed.filter(Set(twice).contains).sorted()
        try addCommon()
        for script in Set(loaded.joined()).sorted() { add(script) }
    }

    /// What a page fetches with its script.
    func preloads(of script: String) -> [String] {
        guard let common = hashed[Self.common], modules.closure(of: script).contains(where: shared.contains) else {
            return []
        }
        return [common]
    }

    private static func repeated(in lists: [[String]]) -> [String] {
        let counts = lists.joined().reduce(into: [:]) { counts, one in counts[one, default: 0] += 1 }
        return counts.filter { $0.value > 1 }.map(\.key)
    }

    private mutating func addCommon() throws {
        guard modules[Self.common] == nil else {
            throw SiteProblem("scripts/\(Self.common)", "has the name of the file that all pages share")
        }
        for path in shared {
            guard let later = modules[path]?.imports.first(where: \.isDeferred) else { continue }
            throw SiteProblem(
                "scripts/\(path)", line: later.line, "what several files need cannot fetch “\(later.path)” later")
        }
        guard !shared.isEmpty else { return }
        var order: [String] = []
        for path in shared.flatMap(modules.closure) where !order.contains(path) { order.append(path) }
        write(Self.common, "export const modules = {};\n" + functions(of: order))
    }

    /// A file that begins with a script, after those that it fetches later, whose names it holds.
    private mutating func add(_ script: String) {
        guard hashed[script] == nil else { return }
        let all = modules.closure(of: script)
        for later in all.flatMap({ modules[$0]?.imports ?? [] }) where later.isDeferred { add(later.path) }
        if let text = modules[script]?.alone { return write(script, text) }
        let own = all.filter { !shared.contains($0) }
        let common = all.count > own.count ? hashed[Self.common] : nil
        let beginning = common.map { "import { modules } from '/\($0)';\n" } ?? "const modules = {};\n"
        write(script, beginning + functions(of: own) + (modules[script]?.reexport ?? ""))
    }

    private func functions(of paths: [String]) -> String {
        paths.compactMap { modules[$0]?.asFunction { "/\(hashed[$0] ?? $0)" } }.joined()
    }

    private mutating func write(_ name: String, _ text: String) {
        let bytes = [UInt8](text.utf8)
        let path = HashedName.of(name, holding: bytes)
        hashed[name] = path
        files[path] = bytes
    }
}
