/// One entry of an Accept list: which media type, in which Transfer Syntax, alone or as parts of a multipart answer.
package struct AcceptedForm: Sendable {
    /// The Transfer Syntax that an entry asks for (PS3.18 §8.7.3.5.2).
    package enum Syntax: Sendable, Hashable {
        /// No parameter: the default of the media type.
        case standard
        /// `transfer-syntax=*`: as it is stored, or as the server prefers.
        case any
        case uid(String)
    }

    /// The media type of each part when `isMultipart`, else of the body.
    package let essence: String
    /// `nil` for `*/*`, which either way meets.
    package let isMultipart: Bool?
    package let syntax: Syntax
    /// Thousandths, above 0.
    package let weight: Int

    init(_ type: MediaType) {
        let isMultipart = type.essence == "multipart/related"
        essence = isMultipart ? (type["type"] ?? "*/*").lowercased() : type.essence
        self.isMultipart = type.essence == "*/*" || type.essence == "multipart/*" ? nil : isMultipart
        syntax =
            switch type["transfer-syntax"] {
            case nil: .standard
            case "*": .any
            case let uid?: .uid(uid)
            }
        weight = type.weight
    }

    /// 2 for a type, 1 for `image/*`, 0 for `*/*`.
    var specificity: Int { essence == "*/*" ? 0 : essence.hasSuffix("/*") ? 1 : 2 }

    /// The offer that meets the form: the media type's default Transfer Syntax where the form names none; what is offered
    /// for any where it takes any.
    func best(of offers: [Offer]) -> Offer? {
        let candidates = offers.filter { admits($0.essence) && (isMultipart == nil || isMultipart == $0.isMultipart) }
        switch syntax {
        case .any: return candidates.first { $0.isForAny } ?? candidates.first
        case .uid(let uid): return candidates.first { $0.transferSyntax == uid }
        case .standard:
            // `image/*` takes the pixels as they are before any that would have to be made.
            if Self.pixels.contains(essence), let stored = candidates.first(where: { $0.isAsStored && $0.isImage }) {
                return stored
            }
            let standard = candidates.first { $0.transferSyntax == nil || $0.transferSyntax == $0.defaultSyntax }
            return standard ?? candidates.first { $0.isImage }
        }
    }

    private static let pixels: Set<String> = ["image/*", "video/*"]

    private func admits(_ offered: String) -> Bool {
        if essence == "*/*" || essence == "multipart/*" { return true }
        if essence.hasSuffix("/*") { return offered.hasPrefix(essence.dropLast()) }
        return essence == offered
    }
}
