/// The version of an answer (RFC 9110 §8.8.3), as `ETag` carries it.
package struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// The text between the quotes.
    package let opaque: String
    /// Whether only the meaning is equal, not every byte.
    package let isWeak: Bool

    /// A tag made of the versions that an answer depends on: a revision, the scope of the caller, a language.
    ///
    /// Characters that a tag may not hold are percent-encoded, so any text will do.
    package init(_ parts: any CustomStringConvertible...) {
        opaque = parts.map { PercentEncoding.encode($0.description) }.joined(separator: "-")
        isWeak = false
    }

    private init(opaque: String, isWeak: Bool) {
        self.opaque = opaque
        self.isWeak = isWeak
    }

    /// The same version as an answer whose bytes may differ.
    package var weakened: EntityTag { EntityTag(opaque: opaque, isWeak: true) }

    package var description: String { (isWeak ? "W/\"" : "\"") + opaque + "\"" }

    /// Reads `If-Match` or `If-None-Match` (RFC 9110 §13.1); what is no tag is left out.
    ///
    /// - Complexity: O(n) in the length of the text.
    package static func list(_ text: String) -> [EntityTag] {
        var tags: [EntityTag] = []
        var rest = Substring(text)
        while let quote = rest.firstIndex(of: "\"") {
            let isWeak = rest[..<quote].hasSuffix("W/")
            let opaque = rest[rest.index(after: quote)...]
            guard let end = opaque.firstIndex(of: "\"") else { break }
            tags.append(EntityTag(opaque: String(opaque[..<end]), isWeak: isWeak))
            rest = opaque[opaque.index(after: end)...]
        }
        return tags
    }
}
