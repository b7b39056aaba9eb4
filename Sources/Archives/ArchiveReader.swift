import CLibarchive
import Glibc

/// Reads an archive file entry by entry, in the order of its directory, with memory that does not grow with it.
///
/// A class, because it owns libarchive's state and the open file. One thread at a time.
package final class ArchiveReader {
    private var archive: OpaquePointer
    private let descriptor: Int32
    private let format: ArchiveFormat
    private let limits: ArchiveLimits
    private let outputLimit: Int
    private var entries = 0
    private var entryOutput = 0
    private var isSpoilt = false
    private var reopenings = 0
    private let unpacked: UnpackedBytes

    /// - Parameters:
    ///   - path: a regular file; a zip's directory stands at its end, so a pipe would not do.
    ///   - unpacked: shared by all readers of the same archive, so that its limit is one.
    /// - Throws: `ArchiveError.unreadable` when it is not of the format, or cut.
    package init(
        path: String, format: ArchiveFormat, limits: ArchiveLimits = .standard,
        counting unpacked: UnpackedBytes = UnpackedBytes()
    ) throws {
        var status = stat()
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0, fstat(descriptor, &status) == 0, let archive = archive_read_new() else {
            if descriptor >= 0 { close(descriptor) }
            throw ArchiveError.unreadable("it cannot be opened")
        }
        self.archive = archive
        self.format = format
        self.limits = limits
        self.unpacked = unpacked
        outputLimit = limits.output(ofLength: Int(status.st_size))
        if format == .tarZstandard { try Zstandard.requireWindow(within: limits.window, of: descriptor) }
        try open()
    }

    deinit {
        archive_read_free(archive)
        close(descriptor)
    }

    private func open() throws {
        switch format {
        case .zip: archive_read_support_format_zip_seekable(archive)
        case .tar: archive_read_support_format_tar(archive)
        case .tarGzip:
            archive_read_support_filter_gzip(archive)
            archive_read_support_format_tar(archive)
        case .tarZstandard:
            archive_read_support_filter_zstd(archive)
            archive_read_support_format_tar(archive)
        case .sevenZip: archive_read_support_format_7zip(archive)
        }
        let blockLength = 1 << 16
        guard lseek(descriptor, 0, SEEK_SET) == 0, archive_read_open_fd(archive, descriptor, blockLength) == ARCHIVE_OK
        else { throw ArchiveError.unreadable(Self.reason(archive, else: "no directory of entries was found in it")) }
    }

    /// Opens the archive again behind a broken entry, because libarchive gives up the whole archive for it.
    private func reopen() throws {
        guard let fresh = archive_read_new() else { throw ArchiveError.unreadable("it cannot be opened") }
        archive_read_free(archive)
        archive = fresh
        isSpoilt = false
        reopenings += 1
        try open()
        var entry: OpaquePointer?
        for _ in 0..<entries where archive_read_next_header(archive, &entry) < ARCHIVE_WARN {
            throw ArchiveError.unreadable(Self.reason(archive, else: "an entry's header is broken"))
        }
    }

    /// Moves on to the next entry; what is left of the current one is passed over.
    ///
    /// - Returns: `nil` at the end.
    /// - Throws: `ArchiveError` when the archive is broken here or has too many entries.
    package func next() throws -> ArchiveEntry? {
        try UTF8Locale.run {
            if isSpoilt { try reopen() }
            if format.isOneStream, entries > 0 { try passOver() }
            var entry: OpaquePointer?
            let result = archive_read_next_header(archive, &entry)
            if result == ARCHIVE_EOF { return nil }
            guard result == ARCHIVE_OK || result == ARCHIVE_WARN, let entry else {
                throw ArchiveError.unreadable(Self.reason(archive, else: "an entry's header is broken"))
            }
            entries += 1
            entryOutput = 0
            guard entries <= limits.entries else { throw ArchiveError.tooManyEntries(limit: limits.entries) }
            return Self.described(entry)
        }
    }

    /// The next piece of the current entry, at most 256 KiB.
    ///
    /// - Returns: `nil` at the end of the entry.
    /// - Throws: `ArchiveError`; see `concernsOneEntry` for whether `next` still makes sense.
    package func chunk() throws -> [UInt8]? {
        let longest = 1 << 18
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: longest) { buffer, count in
            result = UTF8Locale.run { archive_read_data(archive, buffer.baseAddress, longest) }
            count = max(0, result)
        }
        guard result >= 0 else {
            let reason = Self.reason(archive, else: "its data is broken")
            let mostReopenings = 100
            guard result == Int(ARCHIVE_FATAL) else { throw ArchiveError.entryDamaged(reason) }
            guard format == .zip, reopenings < mostReopenings else { throw ArchiveError.unreadable(reason) }
            isSpoilt = true
            throw ArchiveError.entryDamaged(reason)
        }
        guard result > 0 else { return nil }
        entryOutput += bytes.count
        try unpacked.add(bytes.count, limit: outputLimit)
        guard entryOutput <= limits.entryLength else { throw ArchiveError.entryTooLarge(limit: limits.entryLength) }
        return bytes
    }

    /// Unpacks what is left of the current entry: libarchive would too, but without counting it.
    private func passOver() throws {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = archive_read_data(archive, &piece, piece.count)
            guard count > 0 else { return }  // what is broken here, the next entry's header tells
            try unpacked.add(count, limit: outputLimit)
        }
    }

    private static func described(_ entry: OpaquePointer) -> ArchiveEntry {
        let name = archive_entry_pathname(entry).map { pointer in
            EntryName.decode(Array(UnsafeRawBufferPointer(start: pointer, count: strlen(pointer))))
        }
        let isLink = archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil
        let kind: ArchiveEntry.Kind =
            switch archive_entry_filetype(entry) {
            case _ where isLink: .link
            case mode_t(Glibc.S_IFREG): .file
            case mode_t(Glibc.S_IFDIR): .folder
            case mode_t(Glibc.S_IFLNK): .link
            default: .special
            }
        return ArchiveEntry(
            name: name ?? "", kind: kind,
            declaredLength: archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil,
            isEncrypted: archive_entry_is_data_encrypted(entry) != 0)
    }

    private static func reason(_ archive: OpaquePointer, else fallback: String) -> String {
        guard let text = archive_error_string(archive).map({ String(cString: $0) }) else { return fallback }
        if text == "Unrecognized archive format" { return "its directory of entries is missing, so it may be cut" }
        return String(text.prefix(200))  // names of the archive may be part of it
    }
}
