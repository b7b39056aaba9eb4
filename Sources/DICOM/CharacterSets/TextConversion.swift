/// Conversions of bytes to text and back, code extensions apart.
///
/// Keeps the converters of multi-byte encodings open, as opening one takes longer than a name; make one for
/// each value, or for as many as one thread converts.
struct TextConversion {
    private var converters: [CharacterRepertoire: EncodingConverter] = [:]

    /// Text of bytes in `repertoire`.
    ///
    /// A declaration that the bytes contradict does no harm: what is declared as ASCII or UTF-8 and is neither
    /// is read as Latin-1, and a byte that means nothing elsewhere becomes U+FFFD.
    mutating func text(_ bytes: ArraySlice<UInt8>, _ repertoire: CharacterRepertoire) -> String {
        switch repertoire {
        case .ascii, .utf8: return String(valid: bytes) ?? Self.latin1(bytes)
        case .latin1: return Self.latin1(bytes)
        default: break
        }
        if let upperHalf = Self.upperHalves[repertoire] { return Self.text(bytes, repertoire, upperHalf) }
        if converters[repertoire] == nil {
            converters[repertoire] = EncodingConverter(from: repertoire.conversionName, to: "UTF-8")
        }
        guard let text = converters[repertoire]?.convert(bytes, replacement: Array("\u{FFFD}".utf8)) else {
            return Self.latin1(bytes)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Bytes of `text` in `repertoire`; nil when a character has no place in it.
    static func bytes(_ text: String, _ repertoire: CharacterRepertoire) -> [UInt8]? {
        let utf8 = Array(text.utf8)
        if repertoire == .utf8 || utf8.allSatisfy({ $0 < 0x80 }) { return utf8 }
        let isReversible = repertoire != .ascii && repertoire != .katakana && !repertoire.needsEscapes
        guard isReversible, let converter = EncodingConverter(from: "UTF-8", to: repertoire.conversionName) else {
            return nil
        }
        return converter.convert(utf8[...], replacement: nil)
    }

    private static func latin1(_ bytes: ArraySlice<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(Unicode.Scalar(byte)) }
        return String(text)
    }

    private static func text(
        _ bytes: ArraySlice<UInt8>, _ repertoire: CharacterRepertoire, _ upperHalf: [Unicode.Scalar]
    ) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes {
            switch byte {
            case 0x5C where repertoire == .katakana: text.append("\u{A5}")  // JIS X 0201 has ¥ and ‾ here
            case 0x7E where repertoire == .katakana: text.append("\u{203E}")
            case 0x80...0xFF: text.append(upperHalf[Int(byte) - 0x80])
            default: text.append(Unicode.Scalar(byte))
            }
        }
        return String(text)
    }

    /// The characters of bytes 80–FF of the single-byte repertoires.
    private static let upperHalves: [CharacterRepertoire: [Unicode.Scalar]] = {
        let repertoires: [CharacterRepertoire] = [
            .latin2, .latin3, .latin4, .cyrillic, .arabic, .greek, .hebrew, .latin5, .latin9, .thai,
        ]
        var halves: [CharacterRepertoire: [Unicode.Scalar]] = [.katakana: (0x80...0xFF).map(katakana)]
        for repertoire in repertoires {
            guard let converter = EncodingConverter(from: repertoire.conversionName, to: "UTF-8") else { continue }
            halves[repertoire] = (0x80...0xFF).map { (byte: UInt8) in
                let made = converter.convert([byte], replacement: nil)
                return made.flatMap { String(decoding: $0, as: UTF8.self).unicodeScalars.first } ?? "\u{FFFD}"
            }
        }
        return halves
    }()

    /// Half-width katakana of JIS X 0201.
    private static func katakana(_ byte: UInt8) -> Unicode.Scalar {
        guard (0xA1...0xDF).contains(byte) else { return "\u{FFFD}" }
        return Unicode.Scalar(0xFF61 + UInt32(byte) - 0xA1) ?? "\u{FFFD}"
    }
}
