/// Writing JSON text.
extension [UInt8] {
    mutating func append(contentsOf text: String) { append(contentsOf: text.utf8) }

    /// The eight digits of a tag.
    mutating func append(hex tag: Tag) {
        var shift: UInt32 = 32
        while shift > 0 {
            shift &-= 4
            let digit = UInt8(truncatingIfNeeded: tag.code >> shift) & 0xF
            append(digit < 10 ? 0x30 &+ digit : 0x37 &+ digit)
        }
    }

    /// A string of valid UTF-8 with its quotes (RFC 8259 §7).
    mutating func append(quoted text: ArraySlice<UInt8>) {
        append(UInt8(ascii: "\""))
        if text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            append(contentsOf: text)
        } else {
            for byte in text { append(escaped: byte) }
        }
        append(UInt8(ascii: "\""))
    }

    private mutating func append(escaped byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(contentsOf: [UInt8(ascii: "\\"), byte])
        case 0x0A: append(contentsOf: "\\n")
        case 0x0D: append(contentsOf: "\\r")
        case 0x09: append(contentsOf: "\\t")
        case 0..<0x20:
            append(contentsOf: byte < 0x10 ? "\\u000" : "\\u001")
            let digit = byte & 0xF
            append(digit < 10 ? 0x30 &+ digit : 0x57 &+ digit)
        default: append(byte)
        }
    }
}
