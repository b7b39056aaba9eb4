import FoundationEssentials

/// The folder that a rendered site is written to or compared with.
package struct SiteFolder: Sendable {
    /// Present in every page that `site-build` wrote; a folder without it is not taken for a site.
    static let signature = "<meta name=\"generator\" content=\"site-build\">"

    package let root: String

    package init(root: String) {
        self.root = root
    }

    /// What `write` would change: absent, differing and foreign files, sorted.
    ///
    /// - Throws: `SiteProblem` when the folder cannot be read.
    package func differences(from site: [String: [UInt8]]) throws -> [SiteProblem] {
        let present = try existingPaths()
        let absent = site.keys.filter { !present.contains($0) }.map { SiteProblem($0, "is absent") }
        let foreign = present.filter { site[$0] == nil }.map { SiteProblem($0, "is not made from the content") }
        let differing = site.filter { present.contains($0.key) && contents($0.key) != $0.value }
            .map { SiteProblem($0.key, "differs") }
        return (absent + foreign + differing).sorted()
    }

    /// Makes the folder hold exactly `site`; files that are right already are left alone.
    ///
    /// - Returns: How many files were written and how many removed.
    /// - Throws: `SiteProblem` when a file cannot be written, or when the folder holds something other than a site,
    ///   because everything else in it would be removed.
    @discardableResult
    package func write(_ site: [String: [UInt8]]) throws -> (written: Int, removed: Int) {
        let present = try existingPaths()
        if !present.isEmpty, !isOurs { throw SiteProblem(root, "holds files but no site; choose another folder") }
        let changed = site.filter { contents($0.key) != $0.value }.sorted { $0.key < $1.key }
        for (path, bytes) in changed { try write(bytes, at: path) }
        let foreign = present.filter { site[$0] == nil }
        for path in foreign { try remove(path) }
        return (changed.count, foreign.count)
    }

    private var isOurs: Bool {
        guard let index = contents("index.html") else { return false }
        return String(decoding: index, as: UTF8.self).contains(Self.signature)
    }

    private func existingPaths() throws -> Set<String> {
        guard FileManager.default.fileExists(atPath: root) else { return [] }
        return Set(try ContentFolder.paths(under: root))
    }

    private func contents(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(root)/\(path)").map { [UInt8]($0) }
    }

    private func write(_ bytes: [UInt8], at path: String) throws {
        let folder = "\(root)/\(path)".split(separator: "/", omittingEmptySubsequences: false).dropLast()
        do {
            try FileManager.default.createDirectory(
                atPath: folder.joined(separator: "/"), withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(filePath: "\(root)/\(path)"), options: .atomic)
        } catch {
            throw SiteProblem(path, "cannot be written: \(error)")
        }
    }

    /// Removes a file, and its folders as far as that leaves them empty.
    private func remove(_ path: String) throws {
        var parts = path.split(separator: "/")
        do {
            repeat {
                try FileManager.default.removeItem(atPath: "\(root)/\(parts.joined(separator: "/"))")
                parts.removeLast()
            } while try !parts.isEmpty && isEmptyFolder("\(root)/\(parts.joined(separator: "/"))")
        } catch {
            throw SiteProblem(path, "cannot be removed: \(error)")
        }
    }

    private func isEmptyFolder(_ path: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: path).isEmpty
    }
}
