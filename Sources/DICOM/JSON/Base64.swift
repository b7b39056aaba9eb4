/// Base64 with padding (RFC 4648 §4), as InlineBinary has it.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        var start = 0
        while start < bytes.count {
            let rest = bytes.count &- start
            let first = UInt32(bytes[start]) << 16
            let second = rest > 1 ? UInt32(bytes[start &+ 1]) << 8 : 0
            let group = first | second | (rest > 2 ? UInt32(bytes[start &+ 2]) : 0)
            text.append(alphabet[Int(group >> 18)])
            text.append(alphabet[Int(group >> 12 & 63)])
            text.append(rest > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            text.append(rest > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
            start &+= 3
        }
    }

    /// - Returns: nil when a character is none of the alphabet or the length is wrong.
    static func decode(_ text: String) -> [UInt8]? {
        let padding = text.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard text.utf8.count % 4 == 0, padding <= 2 else { return nil }
        var bytes: [UInt8] = []
        var (group, filled): (UInt32, Int) = (0, 0)
        for letter in text.utf8.dropLast(padding) {
            guard let value = value(of: letter) else { return nil }
            group = group << 6 | value
            filled += 6
            guard filled >= 8 else { continue }
            filled -= 8
            bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(filled)))
        }
        return bytes
    }

    private static func value(of letter: UInt8) -> UInt32? {
        switch letter {
        case 0x41...0x5A: UInt32(letter) - 0x41
        case 0x61...0x7A: UInt32(letter) - 0x61 + 26
        case 0x30...0x39: UInt32(letter) - 0x30 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
