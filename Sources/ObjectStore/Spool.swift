import Crypto
import Glibc

/// A file under `incoming/` that came whole: not yet an object, and not yet promised to anyone.
package struct SpooledObject: Sendable, Equatable {
    package let path: String
    /// In bytes.
    package let length: Int
    /// SHA-256 of the content, 32 bytes; empty when it was not to be hashed.
    package let sha256: [UInt8]

    /// Removes the file; a file that is gone already is no error.
    package func discard() { unlink(path) }
}

/// A file under `incoming/` that is being written, hashed on the way.
///
/// A class, because it owns a file: it removes it unless `finish` was reached.
package final class Spool {
    private let path: String
    private let file: StoreFile
    private var hash: SHA256?
    private var isFinished = false

    /// Bytes written so far.
    package private(set) var length = 0

    init(path: String, isHashed: Bool) throws {
        self.path = path
        hash = isHashed ? SHA256() : nil
        file = try StoreFile.create(path)
    }

    deinit { if !isFinished { unlink(path) } }

    /// - Throws: `StoreError.full` and other failures of the device; the spool is of no use afterwards.
    package func write(_ chunk: UnsafeRawBufferPointer) throws {
        try file.write(chunk)
        hash?.update(bufferPointer: chunk)
        length += chunk.count
    }

    package func write(_ chunk: some Collection<UInt8>) throws {
        if try chunk.withContiguousStorageIfAvailable({ try write(UnsafeRawBufferPointer($0)) }) == nil {
            try Array(chunk).withUnsafeBytes { try write($0) }
        }
    }

    /// Ends the file. Its pages begin to travel to the device, but only `promote` waits for them.
    package func finish() throws -> SpooledObject {
        file.startWriteback()
        isFinished = true
        return SpooledObject(path: path, length: length, sha256: hash.map { Array($0.finalize()) } ?? [])
    }

    /// Gives up and removes the file.
    package func discard() {
        isFinished = true
        unlink(path)
    }
}

extension SpooledObject {
    /// Reads up to `count` bytes from `offset`.
    ///
    /// - Throws: `StoreError`; a file that is gone is `ENOENT`.
    package func read(at offset: Int, count: Int) throws -> [UInt8] {
        guard let file = try StoreFile.openExisting(path) else {
            throw StoreError.failed(operation: "find a spooled file", code: ENOENT)
        }
        return try file.read(at: offset, count: count)
    }
}
