import CPOSIX
import Glibc

/// An open file; it is closed when the last reference goes.
///
/// A class, because a descriptor has identity and must be closed exactly once.
final class StoreFile: @unchecked Sendable {  // the descriptor never changes, and the kernel serialises its use
    let descriptor: Int32

    /// Readable by the portal's group too, because nginx sends objects itself.
    static let fileMode: mode_t = 0o640
    static let folderMode: mode_t = 0o750

    init(adopting descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// - Throws: `StoreError`; a file that is there already is `EEXIST`.
    static func create(_ path: String) throws -> StoreFile {
        let descriptor = StoreTime.measure {
            open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, fileMode)
        }
        guard descriptor >= 0 else { throw StoreError.last("create a file") }
        return StoreFile(adopting: descriptor)
    }

    /// - Returns: `nil` when there is no such file.
    static func openExisting(_ path: String) throws -> StoreFile? {
        let descriptor = StoreTime.measure { open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
        if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return nil }
        guard descriptor >= 0 else { throw StoreError.last("open a file") }
        return StoreFile(adopting: descriptor)
    }

    func length() throws -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw StoreError.last("measure a file") }
        return Int(status.st_size)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = StoreTime.measure {
                Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw StoreError.last("write a file") }
            rest = rest.dropFirst(written)
        }
    }

    /// Reads up to `count` bytes from `offset`; fewer only at the end of the file.
    func read(at offset: Int, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
            while filled < count {
                let taken = StoreTime.measure {
                    pread(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, offset + filled)
                }
                if taken < 0, errno == EINTR { continue }
                guard taken >= 0 else { throw StoreError.last("read a file") }
                if taken == 0 { break }
                filled += taken
            }
        }
    }

    /// Sets the time of the last change to now.
    func touch() { futimens(descriptor, nil) }

    /// Starts to write to the device what is still in memory; does not wait.
    func startWriteback() { _ = cposix_start_writeback(descriptor) }

    /// Waits until the content is on the device.
    func synchronise() throws {
        guard StoreTime.measure({ fdatasync(descriptor) }) == 0 else {
            throw StoreError.last("write a file to the device")
        }
    }

    /// Waits until the names in a folder are on the device.
    static func synchroniseFolder(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError.last("open a folder") }
        defer { close(descriptor) }
        guard StoreTime.measure({ fsync(descriptor) }) == 0 else {
            throw StoreError.last("write a folder to the device")
        }
    }
}
