/// JSON's strings (RFC 8259 §7), for the few documents that are written without an encoder.
package enum JSONText {
    /// Appends a quoted string; controls, DEL, C1 controls and line separators become `\u` escapes.
    package static func append(_ text: String, to json: inout String) {
        json += "\""
        defer { json += "\"" }
        guard text.utf8.contains(where: mayNeedEscape) else { return json += text }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                json.unicodeScalars.append("\\")
                json.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let hexadecimal = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
            default: json.unicodeScalars.append(scalar)
            }
        }
    }

    /// Whether a byte of UTF-8 is of what is escaped, or begins it.
    private static func mayNeedEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x1F, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7F, 0xC2, 0xE2: true
        default: false
        }
    }
}
