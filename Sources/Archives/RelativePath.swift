/// The path of a file within an archive or an upload: never absolute, never upwards.
///
/// It only names things in reports and groups files by folder; nothing is ever written under it.
package struct RelativePath: Hashable, Sendable, CustomStringConvertible {
    /// At least one; none is empty, `.` or `..`.
    package let components: [String]

    /// Empty components and `.` are left out; letters, digits and most signs of any script are kept.
    ///
    /// - Returns: `nil` for an absolute path, `..`, a backslash, a drive letter, control characters, more than 64
    ///   components or 2048 bytes, or nothing at all.
    package init?(_ text: String) {
        let longest = 2048
        let deepest = 64
        guard text.utf8.count <= longest, !text.hasPrefix("/"), !text.contains("\\"),
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return nil }
        let parts = text.split(separator: "/").map(String.init).filter { $0 != "." }
        guard let first = parts.first, parts.count <= deepest, !parts.contains(".."), !Self.isDrive(first) else {
            return nil
        }
        components = parts
    }

    private init(components: [String]) { self.components = components }

    package var description: String { components.joined(separator: "/") }

    /// The last component.
    package var name: String { components.last ?? "" }

    /// The folder above; `nil` at the top.
    package var folder: RelativePath? {
        components.count > 1 ? RelativePath(components: components.dropLast()) : nil
    }

    private static func isDrive(_ component: String) -> Bool {
        let bytes = Array(component.utf8.prefix(2))
        return bytes.count == 2 && bytes[1] == UInt8(ascii: ":") && bytes[0] | 0x20 >= UInt8(ascii: "a")
            && bytes[0] | 0x20 <= UInt8(ascii: "z")
    }
}
