/// A value of JSON; numbers keep their text, so that no digit is lost.
enum JSONValue {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])
}

/// Reads JSON text (RFC 8259).
struct JSONReader {
    private let bytes: [UInt8]
    private var place = 0
    private var count = 0

    /// A sequence costs three levels: its attribute, the array and the item.
    private static let depth = 3 * ReadingLimits.standard.depth
    /// An element costs four values, and may have many.
    private static let mostValues = 4 * ReadingLimits.standard.elementCount

    /// - Throws: ``DICOMError/malformedJSON(_:offset:)``.
    static func value(of bytes: [UInt8]) throws -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value(0)
        reader.skipSpace()
        guard reader.place == bytes.count else { throw reader.error("something behind the value") }
        return value
    }

    /// The values of an array, one after the other, or the one value that is no array.
    ///
    /// - Throws: ``DICOMError/malformedJSON(_:offset:)``, when what stands before was given already; what `each` throws.
    static func forEachValue(of bytes: [UInt8], _ each: (JSONValue) throws -> Void) throws {
        var reader = JSONReader(bytes: bytes)
        reader.skipSpace()
        if reader.place < bytes.count, bytes[reader.place] == UInt8(ascii: "[") {
            _ = try reader.list("]") {
                $0.count = 0
                try each($0.value(1))
            }
        } else {
            try each(reader.value(0))
        }
        reader.skipSpace()
        guard reader.place == bytes.count else { throw reader.error("something behind the value") }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func error(_ reason: DICOMError.StaticReason) -> DICOMError { .malformedJSON(reason, offset: place) }

    private mutating func value(_ depth: Int) throws -> JSONValue {
        guard depth < Self.depth else { throw error("too deep") }
        count += 1
        guard count <= Self.mostValues else { throw error("too many values") }
        skipSpace()
        guard place < bytes.count else { throw error("an early end") }
        switch bytes[place] {
        case UInt8(ascii: "{"): return .object(try list("}") { try $0.member(depth) })
        case UInt8(ascii: "["): return .array(try list("]") { try $0.value(depth + 1) })
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    /// What stands between brackets, separated by commas.
    private mutating func list<Member>(
        _ end: Unicode.Scalar, _ member: (inout JSONReader) throws -> Member
    ) throws -> [Member] {
        var members: [Member] = []
        place += 1
        skipSpace()
        if takes(UInt8(ascii: end)) { return members }
        while true {
            members.append(try member(&self))
            skipSpace()
            if takes(UInt8(ascii: end)) { return members }
            guard takes(UInt8(ascii: ",")) else { throw error("no comma") }
        }
    }

    private mutating func member(_ depth: Int) throws -> (key: String, value: JSONValue) {
        skipSpace()
        let key = try string()
        skipSpace()
        guard takes(UInt8(ascii: ":")) else { throw error("no colon") }
        return (key, try value(depth + 1))
    }

    private mutating func string() throws -> String {
        guard takes(UInt8(ascii: "\"")) else { throw error("no string") }
        var text: [UInt8] = []
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(valid: text) else { throw error("no UTF-8") }
                return string
            case UInt8(ascii: "\\"): try escape(to: &text)
            case 0..<0x20: throw error("a control character in a string")
            default: text.append(byte)
            }
        }
        throw error("an open string")
    }

    private mutating func escape(to text: inout [UInt8]) throws {
        guard place < bytes.count else { throw error("an early end") }
        let letter = bytes[place]
        place += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += Array(String(try scalar()).utf8)
        default: throw error("an unknown escape")
        }
    }

    /// One character behind `\u`, written as one number or as two surrogates.
    private mutating func scalar() throws -> Unicode.Scalar {
        let first = try hexNumber()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), takes(UInt8(ascii: "\\")), takes(UInt8(ascii: "u")) else {
            throw error("half a character")
        }
        let second = try hexNumber()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw error("half a character") }
        return scalar
    }

    private mutating func hexNumber() throws -> UInt32 {
        guard bytes.count - place >= 4,
            let number = Tag(hex: "0000" + String(decoding: bytes[place..<place + 4], as: UTF8.self))
        else { throw error("no four digits") }
        place += 4
        return number.code
    }

    private mutating func number() throws -> String {
        let start = place
        while place < bytes.count, "+-.eE0123456789".utf8.contains(bytes[place]) { place += 1 }
        guard place > start, DecimalToken.isNumber(bytes[start..<place]) else { throw error("no value") }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws -> JSONValue {
        guard bytes[place...].starts(with: word.utf8) else { throw error("no value") }
        place += word.utf8.count
        return value
    }

    private mutating func takes(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x09, 0x0A, 0x0D: place += 1
            default: return
            }
        }
    }
}
