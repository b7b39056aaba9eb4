/// One entry of an archive, before its data.
package struct ArchiveEntry: Sendable, Equatable {
    package enum Kind: Sendable, Equatable { case file, folder, link, special }

    /// The name as it stands in the archive, for reports; it may be hostile.
    package let name: String
    package let kind: Kind
    /// What the archive says, in bytes; it may lie.
    package let declaredLength: Int?
    package let isEncrypted: Bool

    /// Where the file belongs; `nil` when the name is unsafe.
    package var path: RelativePath? { RelativePath(name) }

    /// Why this entry is not unpacked; `nil` when it is a file that can be.
    package var refusal: EntryRefusal? {
        switch kind {
        case .link: .link
        case .special: .special
        case .folder: .folder
        case .file where isEncrypted: .encrypted
        case .file: path == nil ? .name : nil
        }
    }
}

/// Why an entry is not unpacked.
package enum EntryRefusal: String, Sendable, CustomStringConvertible {
    case link, special, folder, encrypted, name

    package var description: String {
        switch self {
        case .link: "Links in archives are not followed."
        case .special: "Devices, pipes and sockets are not unpacked."
        case .folder: "This is a folder."
        case .encrypted: "Encrypted entries cannot be read."
        case .name: "The name leaves its folder or has forbidden characters."
        }
    }
}

/// The names of entries: UTF-8 where they are, else code page 437 as ZIP has it (APPNOTE.TXT, appendix D).
enum EntryName {
    static func decode(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = String.UnicodeScalarView()
        for byte in bytes {
            text.append(byte < 0x80 ? Unicode.Scalar(byte) : upperHalf[Int(byte - 0x80)])
        }
        return String(text)
    }

    /// Code page 437 from 80H on.
    private static let upperHalf = Array(
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}"
            .unicodeScalars)
}
