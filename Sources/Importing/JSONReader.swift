/// Where a text stops being JSON.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// From 1.
    package let line: Int
    /// In bytes, from 1.
    package let column: Int
    let problem: String

    package var description: String { "Line \(line), column \(column): \(problem)." }
}

/// Reads JSON (RFC 8259) strictly, and says the line of what is wrong.
package struct JSONReader {
    private static let deepest = 64

    private let bytes: [UInt8]
    private var place = 0

    /// - Parameter bytes: UTF-8; a byte order mark is passed over.
    package static func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.place = 3 }
        let value = try reader.value(depth: 0)
        reader.passSpace()
        guard reader.place == bytes.count else { throw reader.error("something stands behind the document's end") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < Self.deepest else { throw error("more than \(Self.deepest) levels are nested") }
        passSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw error("the document ends before its value")
        case let byte?:
            guard byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) else {
                throw error("a value is expected here")
            }
            return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = []
        place += 1
        passSpace()
        if pass("}") { return .object(members) }
        while true {
            passSpace()
            guard next == UInt8(ascii: "\"") else { throw error("a name in quotation marks is expected here") }
            let name = try string()
            passSpace()
            guard pass(":") else { throw error("a colon is expected here") }
            members.append((name, try value(depth: depth + 1)))
            passSpace()
            if pass("}") { return .object(members) }
            guard pass(",") else { throw error("a comma or the end of the object is expected here") }
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        var elements: [JSONValue] = []
        place += 1
        passSpace()
        if pass("]") { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            passSpace()
            if pass("]") { return .array(elements) }
            guard pass(",") else { throw error("a comma or the end of the array is expected here") }
        }
    }

    private mutating func string() throws(JSONError) -> String {
        place += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw error("a text is not UTF-8") }
                place += 1
                return string
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw error("a control character stands in a text")
            default:
                text.append(byte)
                place += 1
            }
        }
        throw error("a text has no end")
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        place += 1
        let plain: [UInt8: UInt8] = [
            0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9,
        ]
        if let byte = next.flatMap({ plain[$0] }) {
            place += 1
            return [byte]
        }
        guard pass("u"), let first = hexadecimal() else { throw error("an escape is not known") }
        guard first != 0 else { throw error("a text holds NUL") }
        if let scalar = Unicode.Scalar(first) { return Array(String(Character(scalar)).utf8) }
        // RFC 8259 §7: what is beyond the Basic Multilingual Plane comes as a surrogate pair.
        guard (0xD800..<0xDC00).contains(first), pass("\\"), pass("u"), let second = hexadecimal(),
            (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw error("half of a surrogate pair stands alone") }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal() -> UInt32? {
        guard place + 4 <= bytes.count else { return nil }
        let digits = bytes[place..<(place + 4)]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        place += 4
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private mutating func number() throws(JSONError) -> String {
        let start = place
        _ = pass("-")
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[place - whole] != UInt8(ascii: "0") else {
            throw error("a number is malformed")
        }
        if pass(".") { guard digits() > 0 else { throw error("a number is malformed") } }
        if pass("e") || pass("E") {
            if !pass("+") { _ = pass("-") }
            guard digits() > 0 else { throw error("a number is malformed") }
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = place
        while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
        return place - start
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let isHere = word.withUTF8Buffer { bytes[place...].starts(with: $0) }
        guard isHere else { throw error("a value is expected here") }
        place += word.utf8CodeUnitCount
        return value
    }

    private mutating func pass(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func passSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    }

    private func error(_ problem: String) -> JSONError {
        let before = bytes.prefix(place)
        let line = before.count { $0 == 0x0A } + 1
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return JSONError(line: line, column: column, problem: problem)
    }
}
