import FoundationEssentials

/// The files of one folder by their relative path, read whole; hidden files are left out.
package struct ContentFolder: Sendable {
    package private(set) var files: [String: [UInt8]]

    package init(files: [String: [UInt8]]) {
        self.files = files
    }

    /// Reads every file under `root`.
    ///
    /// - Throws: `SiteProblem` when the folder is absent, a file cannot be read, or a link stands in for a file.
    package init(root: String) throws {
        files = [:]
        for path in try Self.paths(under: root) {
            guard let contents = FileManager.default.contents(atPath: "\(root)/\(path)") else {
                throw SiteProblem(path, "cannot be read")
            }
            files[path] = [UInt8](contents)
        }
    }

    /// The paths under `folder` whose names end in `suffix`, without both, sorted.
    func names(in folder: String, suffix: String) -> [String] {
        files.keys.filter { $0.hasPrefix(folder) && $0.hasSuffix(suffix) }
            .map { String($0.dropFirst(folder.count).dropLast(suffix.count)) }.sorted()
    }

    /// The text of a file that must be there.
    ///
    /// - Throws: `SiteProblem` when it is absent or not UTF-8.
    func text(_ path: String) throws -> String {
        guard let bytes = files[path] else { throw SiteProblem(path, "is missing") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw SiteProblem(path, "is not UTF-8") }
        return text
    }

    /// Relative paths of all plain files under `root`, sorted.
    static func paths(under root: String) throws -> [String] {
        var found: [String] = []
        var folders = [""]
        while let folder = folders.popLast() {
            let whole = folder.isEmpty ? root : "\(root)/\(folder)"
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: whole) else {
                throw SiteProblem(folder.isEmpty ? root : folder, "is not a folder that can be read")
            }
            for name in names where !name.hasPrefix(".") {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                let kind =
                    try? FileManager.default.attributesOfItem(atPath: "\(root)/\(path)")[.type] as? FileAttributeType
                switch kind {
                case .typeDirectory: folders.append(path)
                case .typeRegular: found.append(path)
                default: throw SiteProblem(path, "is neither a file nor a folder")
                }
            }
        }
        return found.sorted()
    }
}
