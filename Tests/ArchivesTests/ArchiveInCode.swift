import CLibarchive
import Glibc

@testable import Archives

/// An archive file made for one test, and removed with it.
///
/// A class, because the file must go when the last reference does.
final class ArchiveInCode {
    let path = "/tmp/portal-archive-\(UInt64.random(in: 0...UInt64.max))"

    enum Entry {
        case file(String, [UInt8])
        case folder(String)
        case symbolicLink(String, to: String)
        case hardLink(String, to: String)
        case device(String)
    }

    init(_ format: ArchiveFormat, _ entries: [Entry], password: String? = nil) {
        let archive = archive_write_new()
        switch format {
        case .zip: archive_write_set_format_zip(archive)
        case .tar: archive_write_set_format_pax_restricted(archive)
        case .sevenZip: archive_write_set_format_7zip(archive)
        case .tarGzip:
            archive_write_set_format_pax_restricted(archive)
            archive_write_add_filter_gzip(archive)
        case .tarZstandard:
            archive_write_set_format_pax_restricted(archive)
            archive_write_add_filter_zstd(archive)
        }
        if let password {
            archive_write_set_options(archive, "zip:encryption=traditional")
            archive_write_set_passphrase(archive, password)
        }
        archive_write_open_filename(archive, path)
        UTF8Locale.run {
            for entry in entries { Self.write(entry, to: archive) }
            _ = archive_write_close(archive)
        }
        archive_write_free(archive)
    }

    init(bytes: [UInt8]) { write(bytes) }

    deinit { unlink(path) }

    var bytes: [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 22)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }

    func write(_ bytes: [UInt8]) {
        guard let file = fopen(path, "w") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    private static func write(_ item: Entry, to archive: OpaquePointer?) {
        let entry = archive_entry_new()
        defer { archive_entry_free(entry) }
        archive_entry_set_perm(entry, 0o644)
        var content: [UInt8] = []
        switch item {
        case .file(let name, let bytes):
            content = bytes
            archive_entry_set_pathname(entry, name)
            archive_entry_set_filetype(entry, UInt32(Glibc.S_IFREG))
        case .folder(let name):
            archive_entry_set_pathname(entry, name)
            archive_entry_set_filetype(entry, UInt32(Glibc.S_IFDIR))
        case .symbolicLink(let name, let target):
            archive_entry_set_pathname(entry, name)
            archive_entry_set_filetype(entry, UInt32(Glibc.S_IFLNK))
            archive_entry_set_symlink(entry, target)
        case .hardLink(let name, let target):
            archive_entry_set_pathname(entry, name)
            archive_entry_set_filetype(entry, UInt32(Glibc.S_IFREG))
            archive_entry_set_hardlink(entry, target)
        case .device(let name):
            archive_entry_set_pathname(entry, name)
            archive_entry_set_filetype(entry, UInt32(Glibc.S_IFCHR))
        }
        archive_entry_set_size(entry, Int64(content.count))
        archive_write_header(archive, entry)
        archive_write_data(archive, content, content.count)
    }
}
