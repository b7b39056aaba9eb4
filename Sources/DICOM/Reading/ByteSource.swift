import Glibc

/// Bytes that are read in pieces: a file, a stored object, memory.
package protocol ByteSource: Sendable {
    /// Bytes in all.
    var count: Int { get }

    /// Reads exactly `count` bytes.
    ///
    /// - Throws: ``DICOMError/truncated(offset:)`` when they reach behind the end; what the store throws.
    func read(at offset: Int, count: Int) throws -> [UInt8]
}

/// Bytes in memory.
package struct BytesSource: ByteSource {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package var count: Int { bytes.count }

    package func read(at offset: Int, count: Int) throws -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else {
            throw DICOMError.truncated(offset: offset)
        }
        return Array(bytes[offset..<offset + count])
    }
}

/// A regular file; a class because it closes the file with its last owner.
package final class FileSource: ByteSource {
    package let count: Int
    private let descriptor: Int32

    /// - Throws: ``DICOMError/unreadable(errno:)`` when it cannot be opened or is no regular file.
    package init(path: String) throws {
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)  // never waits for the writer of a FIFO
        guard opened >= 0 else { throw DICOMError.unreadable(errno: errno) }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw DICOMError.unreadable(errno: EINVAL)
        }
        (descriptor, count) = (opened, Int(status.st_size))
    }

    deinit { close(descriptor) }

    package func read(at offset: Int, count: Int) throws -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
            throw DICOMError.truncated(offset: offset)
        }
        return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, offset + filled)
                if got < 0, errno == EINTR { continue }
                guard got >= 0 else { throw DICOMError.unreadable(errno: errno) }
                guard got > 0 else { throw DICOMError.truncated(offset: offset + filled) }
                filled += got
            }
        }
    }
}
