/// The archives that are read.
package enum ArchiveFormat: String, Sendable, CaseIterable {
    case zip
    case tar
    case sevenZip = "7z"
    /// A tar as one gzip stream (RFC 1952).
    case tarGzip = "tar.gz"
    /// A tar as Zstandard frames (RFC 8878).
    case tarZstandard = "tar.zst"

    /// How many bytes of a file `detect` wants to see.
    package static let headLength = 512

    /// Tells an archive by its first bytes; `nil` for everything else.
    ///
    /// A DICOM file whose preamble looks like an archive is a DICOM file (PS3.10 §7.1).
    package static func detect(_ head: [UInt8]) -> ArchiveFormat? {
        if has(head, "DICM", at: 128) { return nil }
        if [[3, 4], [5, 6], [7, 8]].contains(where: {
            has(head, "PK", at: 0) && Array(head.dropFirst(2).prefix(2)) == $0
        }) {
            return .zip
        }
        if head.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return .sevenZip }
        if head.starts(with: [0x1F, 0x8B, 8]) { return .tarGzip }
        if head.starts(with: Zstandard.magic) { return .tarZstandard }
        return has(head, "ustar", at: 257) ? .tar : nil  // POSIX.1 pax, magic at 257
    }

    /// Whether entries can only be passed over by unpacking them.
    var isOneStream: Bool { self == .tarGzip || self == .tarZstandard }

    private static func has(_ head: [UInt8], _ magic: StaticString, at offset: Int) -> Bool {
        magic.withUTF8Buffer { head.dropFirst(offset).starts(with: $0) }
    }
}
