/// Splits and decodes text with the escape sequences of ISO 2022.
///
/// Each escape sequence is understood whether it was declared or not. The state goes back to the initial one at
/// control characters and at the delimiters of values and of a name's parts, which are none inside a two-byte
/// character.
///
/// - SeeAlso: PS3.5 §6.1.2.4, §6.1.2.5, Annexes H to K.
struct CodeExtensions {
    private let initial: State
    private let delimiters: [UInt8]
    private let splitsValues: Bool
    private var conversion = TextConversion()

    private struct State {
        /// What GL (bytes 21–7E) means: ASCII, romaji or two-byte kanji.
        var left = CharacterRepertoire.ascii
        /// What GR (bytes A1–FE) means; ASCII for nothing.
        var right = CharacterRepertoire.ascii
    }

    init(_ first: CharacterRepertoire, _ vr: VR) {
        initial =
            first.isDoubleByteInGL
            ? State() : State(left: first == .katakana ? .katakana : .ascii, right: first)
        splitsValues = vr.isMultiValued
        delimiters = (vr == .PN ? Array("^=".utf8) : []) + (splitsValues ? Array("\\".utf8) : []) + [9, 10, 12, 13]
    }

    /// The decoded values of `bytes`.
    mutating func values(of bytes: [UInt8]) -> [String] {
        var values = [""]
        var state = initial
        var start = 0
        while start < bytes.count {
            if let (next, length) = Self.escape(at: start, of: bytes, state) {
                state = next
                start += length
            } else if !state.left.isDoubleByteInGL || bytes[start] < 0x21, delimiters.contains(bytes[start]) {
                let isSeparator = splitsValues && bytes[start] == UInt8(ascii: "\\")
                if isSeparator { values.append("") } else { append(bytes[start...start], .ascii, to: &values) }
                state = initial
                start += 1
            } else {
                let end = endOfRun(from: start, of: bytes, state)
                append(run: bytes[start..<end], state, to: &values)
                start = end
            }
        }
        return values
    }

    /// The end of the bytes that belong to the same half of the code table; always behind `start`.
    private func endOfRun(from start: Int, of bytes: [UInt8], _ state: State) -> Int {
        let isRight = bytes[start] >= 0x80
        let isDouble = !isRight && state.left.isDoubleByteInGL
        var end = start &+ 1
        while end < bytes.count, (bytes[end] >= 0x80) == isRight, bytes[end] != 0x1B {
            let isInside = isDouble && (end &- start) % 2 == 1  // the second byte of a character
            if !isInside, !isDouble || bytes[end] < 0x21, delimiters.contains(bytes[end]) { break }
            end &+= 1
        }
        return end
    }

    private mutating func append(run: ArraySlice<UInt8>, _ state: State, to values: inout [String]) {
        let isRight = run.first.map { $0 >= 0x80 } ?? false
        guard !isRight else { return append(run, state.right, to: &values) }
        switch state.left {
        case .kanji: append(run.map { $0 | 0x80 }[...], .kanji, to: &values)
        case .supplementaryKanji:
            append(Self.extendedUnixCode(run)[...], .supplementaryKanji, to: &values)
        default: append(run, state.left, to: &values)
        }
    }

    /// EUC-JP has JIS X 0212 behind a byte 8F for each character.
    private static func extendedUnixCode(_ run: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, byte) in run.enumerated() {
            if index % 2 == 0 { bytes.append(0x8F) }
            bytes.append(byte | 0x80)
        }
        return bytes
    }

    private mutating func append(
        _ bytes: ArraySlice<UInt8>, _ repertoire: CharacterRepertoire, to values: inout [String]
    ) {
        values[values.count - 1] += conversion.text(bytes, repertoire)
    }

    /// The state behind the escape sequence at `start`, and its length; nil when there is none that DICOM knows.
    private static func escape(at start: Int, of bytes: [UInt8], _ state: State) -> (State, length: Int)? {
        guard bytes[start] == 0x1B else { return nil }
        for (sequence, repertoire, isRight) in sequences where bytes[(start &+ 1)...].starts(with: sequence.utf8) {
            var next = state
            if isRight { next.right = repertoire } else { next.left = repertoire }
            return (next, sequence.utf8.count + 1)
        }
        return nil
    }

    /// What follows ESC, what it designates, and whether to GR (PS3.3 Tables C.12-3 and C.12-4).
    private static let sequences: [(String, CharacterRepertoire, isRight: Bool)] = [
        ("(B", .ascii, false), ("(J", .katakana, false), (")I", .katakana, true),
        ("-A", .latin1, true), ("-B", .latin2, true), ("-C", .latin3, true), ("-D", .latin4, true),
        ("-L", .cyrillic, true), ("-G", .arabic, true), ("-F", .greek, true), ("-H", .hebrew, true),
        ("-M", .latin5, true), ("-b", .latin9, true), ("-T", .thai, true),
        ("$B", .kanji, false), ("$(D", .supplementaryKanji, false),
        ("$)C", .hangul, true), ("$)A", .simplifiedChinese, true),
    ]
}
