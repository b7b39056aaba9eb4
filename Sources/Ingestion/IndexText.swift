import Portal

/// Text for the columns of the index: short, and nothing in it that PostgreSQL cannot store.
enum IndexText {
    /// In characters.
    static let longest = SearchedValues.longest
    /// In bytes of UTF-8, of a value in the visible lists, five of which share an entry of a B-tree: that holds 2,704. No
    /// legal value is longer, not even a name in three scripts (PS3.5 §6.2.1.1).
    static let widest = 450

    /// Cuts a value; NUL becomes U+FFFD, because PostgreSQL's text has no NUL.
    static func column(_ text: String?) -> String {
        guard let text else { return "" }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(longest) { scalars.append(scalar == "\u{0}" ? "\u{FFFD}" : scalar) }
        return String(scalars)
    }

    /// Cuts a value for the visible lists.
    static func listed(_ text: String?) -> String {
        var scalars = String.UnicodeScalarView()
        var bytes = 0
        for scalar in column(text).unicodeScalars {
            bytes += UTF8.width(scalar)
            guard bytes <= widest else { break }
            scalars.append(scalar)
        }
        return String(scalars)
    }

    /// A Modality as the sets of modalities use it: at most 16 of CS's characters (PS3.5 Table 6.2-1), else empty.
    static func modality(_ text: String?) -> String {
        let code = (text ?? "").uppercased()
        let isCode =
            code.utf8.count <= 16
            && code.utf8.allSatisfy {
                (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x20
            }
        return isCode ? code : ""
    }

    /// A number for an `int` column.
    static func number(_ number: Int?) -> Int? { number.flatMap { Int32(exactly: $0) }.map(Int.init) }

    /// JSON for a `jsonb` column, where `\u0000` cannot be: it becomes `\ufffd`.
    static func json(_ bytes: [UInt8]) -> String {
        let escape = UInt8(ascii: "\\")
        let nul = Array("u0000".utf8)
        var cleaned = bytes
        var index = 0
        while index < cleaned.count {
            guard cleaned[index] == escape else {
                index += 1
                continue
            }
            if cleaned[(index + 1)...].starts(with: nul) {
                cleaned.replaceSubrange((index + 1)..<(index + 6), with: Array("ufffd".utf8))
            }
            index += 2
        }
        return String(decoding: cleaned, as: UTF8.self)
    }
}
