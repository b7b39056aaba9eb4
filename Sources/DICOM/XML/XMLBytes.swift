/// Writing XML text.
extension [UInt8] {
    /// Valid UTF-8 as the text of an element or the value of an attribute (W3C XML 1.0 §2.2, §2.4).
    mutating func append(xmlText text: ArraySlice<UInt8>) {
        if text.allSatisfy(Self.isPlain) { return append(contentsOf: text) }
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "&": append(contentsOf: "&amp;")
            case "<": append(contentsOf: "&lt;")
            case ">": append(contentsOf: "&gt;")
            case "\"": append(contentsOf: "&quot;")
            case "\t", "\n", "\r": append(contentsOf: "&#\(scalar.value);")  // a reader may change bare ones
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": append(contentsOf: "\u{FFFD}")
            default: append(contentsOf: String(scalar))
            }
        }
    }

    /// Neither markup nor part of a character that XML cannot have; U+FFFE begins with EF.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, 0xEF, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): false
        default: true
        }
    }
}
