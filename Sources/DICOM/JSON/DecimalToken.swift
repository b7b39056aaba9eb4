/// The text of a decimal number in its parts.
struct DecimalToken {
    private var isNegative = false
    private var whole: ArraySlice<UInt8>
    private var fraction: ArraySlice<UInt8> = []
    /// With its letter; empty without one.
    private var exponent: ArraySlice<UInt8> = []

    /// More digits than a double keeps; such text stays text.
    private static let significantDigits = 17
    /// Beyond it a double becomes infinite or zero.
    private static let largestExponent = 300

    /// The value of an IS or DS as a JSON number with the same digits: JSON knows no leading plus or zero and
    /// no bare point.
    ///
    /// - Returns: nil for what is no number or would not survive a double; it stays text.
    static func number(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let token = DecimalToken(text), token.whole.count + token.fraction.count <= significantDigits,
            token.hasSmallExponent
        else { return nil }
        return isNumber(text) ? text : token.spelled[...]
    }

    /// A number as RFC 8259 §6 has it, of any size.
    static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        guard let token = DecimalToken(text), !token.whole.isEmpty, text.first != UInt8(ascii: "+") else {
            return false
        }
        let length = (token.isNegative ? 1 : 0) + token.whole.count + token.exponent.count
        let point = token.fraction.isEmpty ? 0 : token.fraction.count + 1
        return (token.whole.count == 1 || token.whole.first != UInt8(ascii: "0")) && text.count == length + point
    }

    /// Reads a sign, digits with at most one point among or around them, and an exponent.
    private init?(_ text: ArraySlice<UInt8>) {
        var rest = text
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
            isNegative = rest.removeFirst() == UInt8(ascii: "-")
        }
        whole = Self.digits(&rest)
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = Self.digits(&rest)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            exponent = rest
            rest.removeFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
            guard !Self.digits(&rest).isEmpty else { return nil }
        }
        guard rest.isEmpty else { return nil }
    }

    private var hasSmallExponent: Bool {
        guard !exponent.isEmpty else { return true }
        let value = Int(String(decoding: exponent.dropFirst(), as: UTF8.self))
        return value.map { abs($0) < Self.largestExponent } ?? false
    }

    private var spelled: [UInt8] {
        let digits = whole.drop { $0 == UInt8(ascii: "0") }
        var text = isNegative ? [UInt8(ascii: "-")] : []
        text += digits.isEmpty ? [UInt8(ascii: "0")] : Array(digits)
        if !fraction.isEmpty { text += [UInt8(ascii: ".")] + fraction }
        return text + exponent
    }

    private static func digits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest.dropFirst(digits.count)
        return digits
    }
}
