/// The languages that the portal speaks.
package enum Language: String, Sendable, CaseIterable {
    case french = "fr"
    case english = "en"

    /// The first language of `Accept-Language` (RFC 9110 §12.5.4) that we speak, by weight then order.
    ///
    /// - Returns: `nil` when none is named.
    package static func preferred(in header: String?) -> Language? {
        guard let header else { return nil }
        var best: (language: Language, weight: Double)?
        for item in header.split(separator: ",").prefix(16) {
            let parts = item.split(separator: ";").map { $0.trimmingSpaces }
            guard let tag = parts.first, let language = Language(rawValue: tag.prefix(2).lowercased()),
                tag.count == 2 || tag.dropFirst(2).first == "-"
            else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language
    }
}
