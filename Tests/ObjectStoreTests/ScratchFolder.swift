import Glibc

/// A folder of one test's own, removed afterwards.
///
/// A class, because the folder must go when the last reference does.
final class ScratchFolder {
    let path: String

    init() {
        var template = Array("/tmp/portal-test-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/nonexistent"
    }

    deinit { Self.empty(path) }

    private static func empty(_ path: String) {
        for name in names(in: path) where remove("\(path)/\(name)") != 0 { empty("\(path)/\(name)") }
        remove(path)
    }

    /// The names of all files below the folder, relative to it.
    func files(below folder: String = "") -> [String] {
        Self.names(in: "\(path)/\(folder)").flatMap { name in
            let child = folder.isEmpty ? name : "\(folder)/\(name)"
            var status = stat()
            lstat("\(path)/\(child)", &status)
            return status.st_mode & S_IFMT == S_IFDIR ? files(below: child) : [child]
        }
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
