import DICOM

/// An attribute, or one inside the items of Sequences: `PatientName`, `00080060`, `00101002.00100020` (PS3.18 §8.3.4.1).
package struct AttributePath: Sendable, Hashable {
    package static let deepest = 8

    /// From the outermost Sequence to the attribute; never empty.
    package let tags: [Tag]

    /// For each tag, whose it is if it is private and the caller said so (PS3.5 §7.8).
    package private(set) var creators: [String?]

    package init(_ tag: Tag) {
        tags = [tag]
        creators = [nil]
    }

    /// - Returns: `nil` when a component is neither a keyword of PS3.6 nor eight hexadecimal digits.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let tags = parts.compactMap { Tag(hex: String($0)) ?? Tag(keyword: String($0)) }
        guard tags.count == parts.count, parts.count <= Self.deepest else { return nil }
        self.tags = tags
        creators = tags.map { _ in nil }
    }

    /// Where the private tags' blocks are reserved: the attributes that name their owners, and the places of the tags.
    var creatorPaths: [(index: Int, tags: [Tag])] {
        tags.enumerated().compactMap { index, tag in
            guard tag.isPrivate, !tag.isPrivateCreator else { return nil }
            return (index, tags[..<index] + [Tag(tag.group, tag.element >> 8)])
        }
    }

    mutating func setCreator(_ creator: String, at index: Int) { creators[index] = creator }
}
