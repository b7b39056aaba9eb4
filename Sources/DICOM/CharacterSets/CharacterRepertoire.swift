/// The character repertoires that Specific Character Set (0008,0005) can name.
///
/// - SeeAlso: PS3.3 §C.12.1.1.2, Tables C.12-2 to C.12-5.
enum CharacterRepertoire: Sendable, Equatable {
    case ascii  // ISO_IR 6
    case latin1  // ISO_IR 100
    case latin2  // ISO_IR 101
    case latin3  // ISO_IR 109
    case latin4  // ISO_IR 110
    case cyrillic  // ISO_IR 144
    case arabic  // ISO_IR 127
    case greek  // ISO_IR 126
    case hebrew  // ISO_IR 138
    case latin5  // ISO_IR 148
    case latin9  // ISO_IR 203
    case thai  // ISO_IR 166
    case katakana  // ISO_IR 13: JIS X 0201
    case kanji  // ISO 2022 IR 87: JIS X 0208
    case supplementaryKanji  // ISO 2022 IR 159: JIS X 0212
    case hangul  // ISO 2022 IR 149: KS X 1001
    case simplifiedChinese  // ISO 2022 IR 58: GB 2312
    case utf8  // ISO_IR 192
    case gb18030
    case gbk

    /// Reads a defined term; spaces, underscores, hyphens and case are not looked at, as files spell it in many ways.
    ///
    /// - Returns: nil for what the Standard does not define. An empty term is ISO_IR 6.
    init?(term: String) {
        let letters = term.uppercased().filter { $0.isLetter || $0.isNumber }
        switch letters {
        case "": self = .ascii
        case "GB18030": self = .gb18030
        case "GBK", "GB2312": self = .gbk
        case "UTF8": self = .utf8
        default:
            let number = letters.drop { !$0.isNumber }
            let registered = number.hasPrefix("2022IR") ? number.dropFirst("2022IR".count) : number
            guard letters.hasPrefix("ISO"), let found = Self.byRegistration[String(registered)] else { return nil }
            self = found
        }
    }

    /// By the number in the ISO international register of coded character sets.
    private static let byRegistration: [String: CharacterRepertoire] = [
        "6": .ascii, "100": .latin1, "101": .latin2, "109": .latin3, "110": .latin4, "144": .cyrillic,
        "127": .arabic, "126": .greek, "138": .hebrew, "148": .latin5, "203": .latin9, "166": .thai,
        "13": .katakana, "87": .kanji, "159": .supplementaryKanji, "149": .hangul, "58": .simplifiedChinese,
        "192": .utf8,
    ]

    /// The defined terms that are read, and the encodings that they name; with code extensions where those are needed.
    static let definedTerms: [(term: String, encoding: String)] =
        byRegistration.map { number, repertoire in
            (
                "\(repertoire.needsEscapes ? "ISO 2022 IR" : "ISO_IR") \(number)",
                repertoire == .ascii ? "US-ASCII" : repertoire.conversionName
            )
        }.sorted { ($0.term.count, $0.term) < ($1.term.count, $1.term) }
        + [("GB18030", gb18030.conversionName), ("GBK", gbk.conversionName)]

    /// How the C library names the encoding of bytes in GR (and, where it is one, of ASCII in GL).
    var conversionName: String {
        switch self {
        case .ascii, .utf8: "UTF-8"
        case .latin1: "ISO-8859-1"
        case .latin2: "ISO-8859-2"
        case .latin3: "ISO-8859-3"
        case .latin4: "ISO-8859-4"
        case .cyrillic: "ISO-8859-5"
        case .arabic: "ISO-8859-6"
        case .greek: "ISO-8859-7"
        case .hebrew: "ISO-8859-8"
        case .latin5: "ISO-8859-9"
        case .latin9: "ISO-8859-15"
        case .thai: "TIS-620"
        case .katakana: "SHIFT_JIS"
        case .kanji, .supplementaryKanji: "EUC-JP"
        case .hangul: "EUC-KR"
        case .simplifiedChinese: "GB2312"
        case .gb18030: "GB18030"
        case .gbk: "GBK"
        }
    }

    /// A character in GL takes two bytes, so that a byte there may look like a delimiter.
    var isDoubleByteInGL: Bool { self == .kanji || self == .supplementaryKanji }

    /// Without escape sequences it can be neither read nor written.
    var needsEscapes: Bool { isDoubleByteInGL || self == .hangul || self == .simplifiedChinese }

    /// A character's second byte may be 5C, so that text must be decoded before it is split.
    var mayHideBackslash: Bool { self == .gb18030 || self == .gbk }
}
