/// The object identifiers of the built-in types that are sent or read in binary form (`pg_type.dat`).
enum TypeID {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let float8: UInt32 = 701
    static let varchar: UInt32 = 1043
    static let byteaArray: UInt32 = 1001
    static let uuid: UInt32 = 2950
}

/// The text form of arrays: `{a,"b c",NULL}` (PostgreSQL manual §8.15.6).
enum ArrayText {
    static func bind<Element>(_ elements: [Element], _ word: (Element) -> String) -> Bind {
        .text("{" + elements.map(word).joined(separator: ",") + "}")
    }

    /// Always quoted, so that an empty text or the word NULL stays a text.
    static func quoted(_ text: String) -> String {
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        var quoted = [quote]
        quoted.reserveCapacity(text.utf8.count + 2)
        for byte in text.utf8 {
            if byte == quote || byte == backslash { quoted.append(backslash) }
            quoted.append(byte)
        }
        quoted.append(quote)
        return String(decoding: quoted, as: UTF8.self)
    }

    static func word(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        return number.isInfinite ? (number < 0 ? "-Infinity" : "Infinity") : "\(number)"
    }

    /// The elements of a one-dimensional array; `nil` for a text that is none.
    static func elements(_ text: some StringProtocol) -> [String?]? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 2, bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else { return nil }
        guard bytes.count > 2 else { return [] }
        var elements: [String?] = []
        var place = 1
        while place < bytes.count {
            guard let element = element(of: bytes, at: &place) else { return nil }
            elements.append(element)
        }
        return elements
    }

    /// One element and the `,` or `}` behind it.
    private static func element(of bytes: [UInt8], at place: inout Int) -> String?? {
        let isQuoted = bytes[place] == UInt8(ascii: "\"")
        var value: [UInt8] = []
        if isQuoted { place += 1 }
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "\\"), place < bytes.count {
                value.append(bytes[place])
                place += 1
            } else if isQuoted && byte == UInt8(ascii: "\"") {
                place += 1  // the separator
                return .some(String(decoding: value, as: UTF8.self))
            } else if !isQuoted && (byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}")) {
                let word = String(decoding: value, as: UTF8.self)
                return .some(word == "NULL" ? nil : word)
            } else {
                value.append(byte)
            }
        }
        return nil
    }
}

/// The binary form of one-dimensional arrays without NULLs (`array_send` of PostgreSQL).
enum BinaryArray {
    static func encode(_ elements: [[UInt8]], of type: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        let contents = elements.reduce(0) { $0 + 4 + $1.count }
        bytes.reserveCapacity(20 + contents)
        bytes.append(bigEndian: elements.isEmpty ? 0 : 1)  // dimensions
        bytes.append(bigEndian: 0)  // no NULLs
        bytes.append(bigEndian: type)
        guard !elements.isEmpty else { return bytes }
        bytes.append(bigEndian: UInt32(truncatingIfNeeded: elements.count))
        bytes.append(bigEndian: 1)  // lower bound
        for element in elements {
            bytes.append(bigEndian: UInt32(truncatingIfNeeded: element.count))
            bytes += element
        }
        return bytes
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian number: UInt32) {
        for shift: UInt32 in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}
