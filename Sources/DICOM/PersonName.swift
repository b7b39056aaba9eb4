/// A Person Name with its three groups; each holds up to five components joined by `^`.
///
/// - SeeAlso: PS3.5 §6.2.1.
package struct PersonName: Sendable, Equatable {
    package var alphabetic = ""
    package var ideographic = ""
    package var phonetic = ""

    package init(alphabetic: String = "", ideographic: String = "", phonetic: String = "") {
        (self.alphabetic, self.ideographic, self.phonetic) = (alphabetic, ideographic, phonetic)
    }

    /// Reads groups joined by `=`; what stands behind a third one is left out.
    package init(_ text: String) {
        let groups = text.split(separator: "=", maxSplits: 3, omittingEmptySubsequences: false).map(Self.trimmed)
        alphabetic = groups[0]
        if groups.count > 1 { ideographic = groups[1] }
        if groups.count > 2 { phonetic = groups[2] }
    }

    /// The groups joined by `=`, without empty ones at the end.
    package var text: String {
        if !phonetic.isEmpty { return "\(alphabetic)=\(ideographic)=\(phonetic)" }
        return ideographic.isEmpty ? alphabetic : "\(alphabetic)=\(ideographic)"
    }

    package var isEmpty: Bool { alphabetic.isEmpty && ideographic.isEmpty && phonetic.isEmpty }

    /// The components of ``alphabetic``: family, given, middle, prefix, suffix; always five.
    package var components: [String] {
        let parts = alphabetic.split(separator: "^", omittingEmptySubsequences: false).map(Self.trimmed)
        return (0..<5).map { $0 < parts.count ? parts[$0] : "" }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.utf8.first == 0x20 { text.removeFirst() }
        while text.utf8.last == 0x20 { text.removeLast() }
        return String(text)
    }
}
