/// Walks over JSON text without decoding it; what it gives of malformed text is malformed too.
struct JSONScanner {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func take(_ byte: UInt8) -> Bool {
        passSpace()
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    /// The content of a string, escapes as they are.
    mutating func string() -> ArraySlice<UInt8>? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = index
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "\""):
                index += 1
                return bytes[start..<index - 1]
            default: index += 1
            }
        }
        return nil
    }

    /// The text of a whole object, array, string, number or literal.
    mutating func value() -> ArraySlice<UInt8>? {
        passSpace()
        let start = index
        var depth = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                guard string() != nil else { return nil }
                if depth == 0 { return bytes[start..<index] }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return bytes[start..<index] }
                depth -= 1
                if depth == 0 {
                    index += 1
                    return bytes[start..<index]
                }
            case UInt8(ascii: ",") where depth == 0: return bytes[start..<index]
            default: break
            }
            index += 1
        }
        return nil
    }

    /// Whether nothing but space is left.
    var isAtEnd: Bool {
        mutating get {
            passSpace()
            return index >= bytes.count
        }
    }

    private mutating func passSpace() {
        while index < bytes.count, bytes[index] == 0x20 || (0x09...0x0D).contains(bytes[index]) { index += 1 }
    }
}
