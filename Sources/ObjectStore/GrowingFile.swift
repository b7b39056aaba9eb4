import Crypto
import Glibc

/// A file under `incoming/` that grows until it is whole, by one writer at a time.
///
/// A class, because it owns an open file and the lock on it, which the kernel takes back when the process dies.
package final class GrowingFile {
    private let file: StoreFile
    private let folder: String
    private var isNew = false

    /// - Returns: `nil` when another process writes to it.
    init?(path: String, in folder: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, StoreFile.fileMode)
        guard descriptor >= 0 else { throw StoreError.last("open a file") }
        file = StoreFile(adopting: descriptor)
        self.folder = folder
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return nil }
    }

    /// Goes on at `offset`; what a crash left behind it is cut off.
    ///
    /// - Throws: `StoreError` when the file is shorter than that.
    package func goOn(at offset: Int) throws {
        guard try file.length() >= offset else {
            throw StoreError.failed(operation: "go on with a file", code: ENODATA)
        }
        guard ftruncate(file.descriptor, off_t(offset)) == 0, lseek(file.descriptor, off_t(offset), SEEK_SET) >= 0
        else { throw StoreError.last("go on with a file") }
        isNew = offset == 0
    }

    package func write(_ chunk: [UInt8]) throws { try chunk.withUnsafeBytes { try file.write($0) } }

    /// Waits until all that was written is on the device.
    package func settle() throws {
        try file.synchronise()
        if isNew { try StoreFile.synchroniseFolder(folder) }
        isNew = false
    }
}

extension DirectoryStore {
    /// Opens a file under `incoming/` to go on with it; it is made when it is not there.
    ///
    /// - Returns: `nil` when another process writes to it.
    package func grow(_ key: ObjectKey) throws -> GrowingFile? {
        try GrowingFile(path: path(of: key), in: "\(root)/incoming")
    }

    /// Gives a settled file a second name and hashes it: whoever stores or removes that one leaves the first, so that
    /// work which is done again finds it.
    package func lend(_ object: SpooledObject) throws -> SpooledObject {
        let path = "\(root)/incoming/\(ObjectKey.randomName())"
        guard link(object.path, path) == 0 else { throw StoreError.last("name a file again") }
        var hash = SHA256()
        do {
            guard let file = try StoreFile.openExisting(path) else {
                throw StoreError.failed(operation: "find a spooled file", code: ENOENT)
            }
            let step = 1 << 20
            for offset in stride(from: 0, to: object.length, by: step) {
                hash.update(data: try file.read(at: offset, count: min(step, object.length - offset)))
            }
        } catch {
            unlink(path)
            throw error
        }
        return SpooledObject(path: path, length: object.length, sha256: Array(hash.finalize()))
    }
}
