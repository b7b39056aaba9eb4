/// How the text of a data set is encoded: the value of (0008,0005).
///
/// - SeeAlso: PS3.3 §C.12.1.1.2; PS3.5 §6.1.
package struct SpecificCharacterSet: Sendable, Equatable {
    private let first: CharacterRepertoire
    /// Escape sequences may switch to other repertoires.
    private let hasCodeExtensions: Bool
    /// What text is read in that is declared as ASCII, as UTF-8 or not at all, and is neither.
    private var fallback: CharacterRepertoire?

    package static let ascii = SpecificCharacterSet(first: .ascii, hasCodeExtensions: false)
    package static let utf8 = SpecificCharacterSet(first: .utf8, hasCodeExtensions: false)

    private init(first: CharacterRepertoire, hasCodeExtensions: Bool) {
        (self.first, self.hasCodeExtensions) = (first, hasCodeExtensions)
    }

    /// Reads the values of (0008,0005); one that PS3.3 does not define is taken for ASCII.
    package init(terms: [String]) {
        first = terms.first.flatMap { CharacterRepertoire(term: $0) } ?? .ascii
        let isAlone = first == .utf8 || first.mayHideBackslash
        let isExtended = terms.count > 1 || first.needsEscapes || terms.contains { $0.contains("2022") }
        hasCodeExtensions = isExtended && !isAlone
    }

    /// ASCII, and for text that is none the repertoire of `fallback`: a defined term for files of a sender that declares
    /// nothing or wrongly. A term that PS3.3 does not define has no effect.
    package init(fallback term: String) {
        self = .ascii
        fallback = Self.fallback(term)
    }

    /// The defined terms that are read (PS3.3 §C.12.1.1.2), and the encodings that they name.
    package static let definedTerms = CharacterRepertoire.definedTerms

    /// Says whether `term` can stand for a fallback: PS3.3 defines it, and it needs no escape sequences.
    package static func isFallback(_ term: String) -> Bool { fallback(term) != nil }

    private static func fallback(_ term: String) -> CharacterRepertoire? {
        term.isEmpty ? nil : CharacterRepertoire(term: term).flatMap { $0.needsEscapes ? nil : $0 }
    }

    /// The same with the fallback of the data set around.
    func falling(backAs outer: SpecificCharacterSet) -> SpecificCharacterSet {
        var inner = self
        inner.fallback = outer.fallback
        return inner
    }

    /// What `dataSet` says of itself; nil when it says nothing.
    init?(of dataSet: DataSet) {
        guard case .bytes(let bytes)? = dataSet[.specificCharacterSet]?.value, !bytes.isEmpty else { return nil }
        self.init(value: bytes)
    }

    init(value: [UInt8]) {
        self.init(terms: Self.ascii.values(of: value, .CS))
    }
}

extension SpecificCharacterSet {
    /// The decoded values of an attribute, without padding, U+0000 and insignificant spaces.
    package func values(of bytes: [UInt8], _ vr: VR) -> [String] {
        utf8Values(of: bytes, vr).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The same in UTF-8.
    func utf8Values(of bytes: [UInt8], _ vr: VR) -> [ArraySlice<UInt8>] {
        var bytes = bytes
        while bytes.last == 0 { bytes.removeLast() }
        if bytes.contains(0) { bytes.removeAll { $0 == 0 } }
        let isPlain = bytes.allSatisfy { $0 < 0x80 && $0 != 0x1B }
        if isPlain, first != .katakana || !vr.usesCharacterSet {
            return Self.split(bytes[...], vr).map { Self.trimmed($0, vr) }
        }
        return decoded(bytes, vr).map { Self.trimmed(Array($0.utf8)[...], vr) }
    }

    private func decoded(_ bytes: [UInt8], _ vr: VR) -> [String] {
        let repertoire = repertoire(of: bytes, vr)
        if hasCodeExtensions, vr.usesCharacterSet {
            var extensions = CodeExtensions(first, vr)
            return extensions.values(of: bytes)
        }
        var conversion = TextConversion()
        if repertoire.mayHideBackslash {
            let text = conversion.text(bytes[...], repertoire)
            return Self.split(Array(text.utf8)[...], vr).map { String(decoding: $0, as: UTF8.self) }
        }
        return Self.split(bytes[...], vr).map { conversion.text($0, repertoire) }
    }

    private func repertoire(of bytes: [UInt8], _ vr: VR) -> CharacterRepertoire {
        guard vr.usesCharacterSet else { return .ascii }
        guard let fallback, first == .ascii || first == .utf8, String(valid: bytes) == nil else { return first }
        return fallback
    }

    /// Bytes of `text` in this character set; nil when a character has no place in it.
    package func bytes(of text: String) -> [UInt8]? { TextConversion.bytes(text, first) }

    static func split(_ bytes: ArraySlice<UInt8>, _ vr: VR) -> [ArraySlice<UInt8>] {
        guard vr.isMultiValued else { return [bytes] }
        return bytes.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false)
    }

    /// Without the padding and the spaces that mean nothing (PS3.5 Table 6.2-1).
    static func trimmed(_ bytes: ArraySlice<UInt8>, _ vr: VR) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let last = bytes.last, last == 0x20 || last == 0 { bytes.removeLast() }
        if vr.keepsLeadingSpaces { return bytes }
        return bytes.drop { $0 == 0x20 || $0 == 0 }
    }
}
