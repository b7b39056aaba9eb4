/// A unique identifier: numbers joined by dots, at most 64 characters.
///
/// A component with a leading zero breaks PS3.5 §9.1 but is met in files that must be readable: ``hasLeadingZero``.
///
/// - SeeAlso: PS3.5 §9.
package struct UID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    static let maximumLength = 64  // PS3.5 §9.1

    package init?(_ text: String) {
        guard (1...Self.maximumLength).contains(text.utf8.count) else { return nil }
        var previous = UInt8(ascii: ".")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: ".") where previous != UInt8(ascii: "."): break
            default: return nil
            }
            previous = byte
        }
        guard previous != UInt8(ascii: ".") else { return nil }
        self.text = text
    }

    /// For the UIDs of the Standard that stand in this module.
    init(known text: String) {
        self.text = text
    }

    /// A UID that is always the same for `name`, made of a UUID (PS3.5 §B.2).
    package static func derived(from name: String) -> UID {
        // FNV-1a; nobody's secret depends on it.
        var number: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
        for byte in name.utf8 { number = (number ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B }
        number = number & ~(0xF << 76) | 8 << 76  // version 8, whose contents are the maker's (RFC 9562 §5.8)
        number = number & ~(3 << 62) | 2 << 62  // and the usual variant
        return UID(known: "2.25.\(number)")
    }

    package var description: String { text }

    /// A component of several digits begins with 0.
    package var hasLeadingZero: Bool {
        text.split(separator: ".").contains { $0.utf8.count > 1 && $0.utf8.first == UInt8(ascii: "0") }
    }
}
