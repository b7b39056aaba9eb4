import Glibc

/// One file of the store as a listing sees it.
package struct ListedObject: Sendable, Equatable {
    package let key: ObjectKey
    /// In bytes.
    package let length: Int
    /// When it was written, in seconds since 1970.
    package let modified: Int
    /// When it was read, as far as the file system notes that, or written; in seconds since 1970.
    package let lastUse: Int
}

extension DirectoryStore {
    /// Names every object below a folder of the store, folder by folder, in order of their names.
    ///
    /// - Parameter prefix: `originals`, `originals/20261123`, …; a folder that does not exist is empty.
    /// - Parameter visit: called for each object; what it throws ends the walk.
    package func list(_ prefix: ObjectKey, _ visit: (ListedObject) throws -> Void) throws {
        for name in try names(in: path(of: prefix)) {
            guard let key = ObjectKey("\(prefix.text)/\(name)") else { continue }
            var status = stat()
            guard lstat(path(of: key), &status) == 0 else { continue }  // removed meanwhile
            switch status.st_mode & S_IFMT {
            case S_IFDIR: try list(key, visit)
            case S_IFREG:
                let modified = Int(status.st_mtim.tv_sec)
                try visit(
                    ListedObject(
                        key: key, length: Int(status.st_size), modified: modified,
                        lastUse: max(modified, Int(status.st_atim.tv_sec))))
            default: continue  // the store makes neither links nor devices
            }
        }
    }

    /// The files that are being received, or that a crash left behind.
    package func incoming() throws -> [ListedObject] {
        guard let folder = ObjectKey("incoming") else { return [] }
        var found: [ListedObject] = []
        try list(folder) { found.append($0) }
        return found
    }

    private func names(in folder: String) throws -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw StoreError.last("list a folder")
        }
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
