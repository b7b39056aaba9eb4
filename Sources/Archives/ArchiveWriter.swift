import CLibarchive
import Glibc

/// Writes a zip archive piece by piece, with memory that does not grow with it; large ones become ZIP64 by themselves.
///
/// A class, because libarchive calls it back through a pointer. One thread at a time.
package final class ArchiveWriter {
    /// How the data of an entry stands in the archive.
    package enum Compression: Sendable {
        case stored
        /// Deflate at its fastest level.
        case deflated
    }

    private let archive: OpaquePointer
    private let output: (ArraySlice<UInt8>) throws -> Void
    private var failure: (any Error)?
    /// Bytes that the open entry still lacks.
    private var missing = 0

    private static let blockLength = 1 << 16

    /// Writes the archive that `body` fills to `output`, in pieces of 64 KiB or as long as what `write` is given.
    ///
    /// - Throws: what `output` throws, after which it is not called again, and what `body` throws, unchanged;
    ///   `ArchiveError.unwritable`.
    package static func write(
        to output: (ArraySlice<UInt8>) throws -> Void, _ body: (ArchiveWriter) throws -> Void
    ) throws {
        try withoutActuallyEscaping(output) { output in
            guard let archive = archive_write_new() else { throw ArchiveError.unwritable("there is no memory for it") }
            let writer = ArchiveWriter(archive, output)
            defer {
                archive_write_fail(archive)  // or freeing it would write on
                archive_write_free(archive)
            }
            try writer.open()
            try body(writer)
            try writer.finish()
        }
    }

    private init(_ archive: OpaquePointer, _ output: @escaping (ArraySlice<UInt8>) throws -> Void) {
        (self.archive, self.output) = (archive, output)
    }

    private func open() throws {
        archive_write_set_format_zip(archive)
        archive_write_set_bytes_per_block(archive, Int32(Self.blockLength))
        archive_write_set_bytes_in_last_block(archive, 1)  // no padding behind it
        try check(archive_write_set_options(archive, "zip:compression-level=1"))
        let pointer = Unmanaged.passUnretained(self).toOpaque()
        try check(
            archive_write_open2(
                archive, pointer, nil,
                { _, pointer, bytes, count in
                    guard let pointer, let bytes else { return 0 }
                    let writer = Unmanaged<ArchiveWriter>.fromOpaque(pointer).takeUnretainedValue()
                    return writer.send(UnsafeRawBufferPointer(start: bytes, count: count))
                }, nil, nil))
    }

    /// Begins the next entry; the one before must be complete.
    ///
    /// - Parameters:
    ///   - length: in bytes, of the data that ``write(_:)`` will get for it.
    ///   - modified: in seconds since 1970.
    /// - Throws: as ``write(to:_:)``.
    package func begin(_ path: RelativePath, length: Int, modified: Int, _ compression: Compression) throws {
        try checkComplete()
        let entry = archive_entry_new()
        defer { archive_entry_free(entry) }
        archive_entry_set_filetype(entry, UInt32(Glibc.S_IFREG))
        archive_entry_set_perm(entry, 0o644)
        archive_entry_set_size(entry, Int64(length))
        archive_entry_set_mtime(entry, modified, 0)
        switch compression {
        case .stored: try check(archive_write_zip_set_compression_store(archive))
        case .deflated: try check(archive_write_zip_set_compression_deflate(archive))
        }
        try UTF8Locale.run {
            archive_entry_set_pathname(entry, path.description)
            try check(archive_write_header(archive, entry))
        }
        missing = length
    }

    /// Writes the next data of the entry.
    ///
    /// - Throws: as ``write(to:_:)``; when it is more than the entry's length too.
    package func write(_ bytes: ArraySlice<UInt8>) throws {
        guard bytes.count <= missing else { throw ArchiveError.unwritable("an entry is longer than was said") }
        guard !bytes.isEmpty else { return }
        missing -= bytes.count
        let written = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
        try check(written == bytes.count ? ARCHIVE_OK : ARCHIVE_FATAL)
    }

    private func finish() throws {
        try checkComplete()
        try UTF8Locale.run { try check(archive_write_close(archive)) }
    }

    private func checkComplete() throws {
        guard missing == 0 else { throw ArchiveError.unwritable("an entry is shorter than was said") }
    }

    /// - Returns: how many bytes went out, or -1, as libarchive wants it.
    private func send(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard failure == nil else { return -1 }
        do {
            try output(Array(bytes)[...])
            return bytes.count
        } catch {
            failure = error
            return -1
        }
    }

    private func check(_ result: Int32) throws {
        if let failure { throw failure }
        guard result == ARCHIVE_OK else {
            let text = archive_error_string(archive).map { String(cString: $0) }
            throw ArchiveError.unwritable(text ?? "libarchive does not say why")
        }
    }
}
