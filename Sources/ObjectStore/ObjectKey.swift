/// The name of one object in the store, relative to its root: `originals/20261123/20/<uuid>.dcm`.
///
/// Only the portal mints keys; nothing that a sender chose ever becomes part of one.
/// A key is lower-case letters, digits, `.`, `-` and `/`; no component is empty, `.` or `..`.
package struct ObjectKey: Sendable, Hashable, CustomStringConvertible {
    /// The key's text, at most 200 bytes of ASCII.
    package let text: String

    package init?(_ text: String) {
        let longest = 200
        guard !text.isEmpty, text.utf8.count <= longest else { return nil }
        for component in text.split(separator: "/", omittingEmptySubsequences: false) {
            guard let first = component.utf8.first, first != UInt8(ascii: "."),
                component.utf8.allSatisfy(Self.isAllowed)
            else { return nil }
        }
        self.text = text
    }

    /// For text that this module composed of allowed parts.
    init(minted text: String) { self.text = text }

    package var description: String { text }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
