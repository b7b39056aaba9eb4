/// The name of a file in a File-set: the folders that lead to it, and its own.
///
/// - SeeAlso: PS3.10 §8.2, §8.5.
package struct FileID: Hashable, Sendable {
    package let components: [String]

    /// - Returns: nil unless there are 1 to 8 components of 1 to 8 of the characters A–Z, 0–9 and `_`.
    package init?(_ components: [String]) {
        guard (1...8).contains(components.count), components.allSatisfy({ Self.isName($0, longest: 8) }) else {
            return nil
        }
        self.components = components
    }

    /// The path of a file whose names PS3.10 does not allow, but which readers look for all the same.
    ///
    /// - Returns: nil unless there are 1 to 8 components of visible ASCII without a backslash.
    package init?(path components: [String]) {
        let isReadable = components.allSatisfy { name in
            !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x5C }
        }
        guard (1...8).contains(components.count), isReadable else { return nil }
        self.components = components
    }

    fileprivate static func isName(_ text: String, longest: Int) -> Bool {
        (1...longest).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }
}

/// What a person calls a File-set, such as the label of a disc.
///
/// - SeeAlso: PS3.10 §8.1; PS3.3 §F.3.2.1.
package struct FileSetID: Sendable {
    package let text: String

    /// - Returns: nil unless it is 1 to 16 of the characters A–Z, 0–9 and `_`.
    package init?(_ text: String) {
        guard FileID.isName(text, longest: 16) else { return nil }
        self.text = text
    }
}
