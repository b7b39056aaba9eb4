import Glibc

/// Objects as files under one folder.
///
/// - `originals/`: immutable, stored exactly as received.
/// - `derived/`: may be removed at any time and is made again.
/// - `incoming/`: what is being received; after a crash the scrub removes what is left there.
package struct DirectoryStore: Sendable {
    /// An absolute path without a slash at its end.
    package let root: String

    /// - Throws: `StoreError` when the folders can be neither found nor made.
    package init(root: String) throws {
        self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
        try Self.makeFolder(self.root)
        for folder in ["originals", "derived", "incoming"] { try Self.makeFolder("\(self.root)/\(folder)") }
        try StoreFile.synchroniseFolder(self.root)
    }

    /// The file of an object, for `sendfile` and nginx. Keys cannot leave the root.
    package func path(of key: ObjectKey) -> String { "\(root)/\(key.text)" }

    /// - Throws: `StoreError.absent` when there is no such object.
    package func open(_ key: ObjectKey) throws -> ObjectReader {
        guard let file = try StoreFile.openExisting(path(of: key)) else { throw StoreError.absent(key) }
        return try ObjectReader(file)
    }

    package func contains(_ key: ObjectKey) -> Bool { access(path(of: key), F_OK) == 0 }

    /// How many bytes an object has; `nil` when there is no such object.
    package func length(of key: ObjectKey) -> Int? {
        var status = stat()
        return stat(path(of: key), &status) == 0 ? Int(status.st_size) : nil
    }

    /// Begins a file under `incoming/`.
    ///
    /// - Parameter isHashed: `false` for what is only read from and never becomes an object.
    package func newSpool(isHashed: Bool = true) throws -> Spool {
        try Spool(path: "\(root)/incoming/\(ObjectKey.randomName())", isHashed: isHashed)
    }

    /// Writes an object that is there, whole and durable, when this returns; or is not there at all.
    package func put(_ bytes: [UInt8], at key: ObjectKey) throws {
        let spool = try newSpool()
        try spool.write(bytes)
        try promote([(spool.finish(), key)])
    }

    /// Writes an object that can be made again: there whole or not at all, but a power cut may take it.
    package func putDerived(_ bytes: [UInt8], at key: ObjectKey) throws {
        let temporary = "\(root)/incoming/\(ObjectKey.randomName())"
        try prepareFolder(of: key)
        do {
            try bytes.withUnsafeBytes { try StoreFile.create(temporary).write($0) }
            try move(temporary, to: key)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Turns spooled files into objects: all of them are durable when this returns, and none of them is there when it
    /// throws.
    ///
    /// Each file is written to the device, renamed, and then each folder is written once. An object's age counts from
    /// here, so that a scrub never takes one that waited long under `incoming/` for a left-over.
    package func promote(_ spooled: [(SpooledObject, ObjectKey)]) throws {
        let files = try spooled.map { object, _ in
            guard let file = try StoreFile.openExisting(object.path) else {
                throw StoreError.failed(operation: "find a spooled file", code: ENOENT)
            }
            file.touch()
            file.startWriteback()
            return file
        }
        for file in files { try file.synchronise() }
        var moved: [ObjectKey] = []
        do {
            for (object, key) in spooled {
                try prepareFolder(of: key)
                try move(object.path, to: key)
                moved.append(key)
            }
            for folder in Set(moved.map { folder(of: $0) }).sorted() { try StoreFile.synchroniseFolder(folder) }
        } catch {
            for key in moved { unlink(path(of: key)) }
            throw error
        }
    }

    /// Makes a spooled file durable where it is, for work that goes on later.
    ///
    /// - Returns: its key under `incoming/`.
    package func settle(_ spooled: SpooledObject) throws -> ObjectKey {
        let name = spooled.path.split(separator: "/").last.map(String.init) ?? ""
        guard let key = ObjectKey("incoming/\(name)"), let file = try StoreFile.openExisting(path(of: key)) else {
            throw StoreError.failed(operation: "find a spooled file", code: ENOENT)
        }
        try file.synchronise()
        try StoreFile.synchroniseFolder(folder(of: key))
        return key
    }

    /// A settled file again.
    ///
    /// - Parameter sha256: empty where it is not known any more; then the file cannot be filed.
    package func spooled(_ key: ObjectKey, sha256: [UInt8] = []) throws -> SpooledObject {
        SpooledObject(path: path(of: key), length: try open(key).length, sha256: sha256)
    }

    /// Removes an object; one that is gone already is no error.
    package func remove(_ key: ObjectKey) throws {
        guard unlink(path(of: key)) == 0 || errno == ENOENT else { throw StoreError.last("remove a file") }
    }

    private func move(_ path: String, to key: ObjectKey) throws {
        guard rename(path, self.path(of: key)) == 0 else { throw StoreError.last("rename a file") }
    }

    private func folder(of key: ObjectKey) -> String {
        let components = key.text.split(separator: "/").dropLast()
        return ([root[...]] + components).joined(separator: "/")
    }

    /// Makes the folders above a key; a new one is durable in the folder above it.
    private func prepareFolder(of key: ObjectKey) throws {
        guard access(folder(of: key), F_OK) != 0 else { return }
        var parent = root
        for component in key.text.split(separator: "/").dropLast() {
            let child = "\(parent)/\(component)"
            if mkdir(child, StoreFile.folderMode) == 0 {
                try StoreFile.synchroniseFolder(parent)
            } else if errno != EEXIST {
                throw StoreError.last("make a folder")
            }
            parent = child
        }
    }

    private static func makeFolder(_ path: String) throws {
        var parent = path.hasPrefix("/") ? "" : "."
        for component in path.split(separator: "/") {
            parent += "/\(component)"
            guard mkdir(parent, StoreFile.folderMode) == 0 || errno == EEXIST || access(parent, F_OK) == 0 else {
                throw StoreError.last("make a folder")
            }
        }
    }
}
