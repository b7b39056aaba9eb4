import CLibpq

/// The rows of one answer; a class, as it owns libpq's memory.
final class QueryResult {
    let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    var rowCount: Int { Int(PQntuples(handle)) }

    /// The number of rows that a statement changed or found.
    var affectedRows: Int { PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0 }

    var rows: [Row] { (0..<rowCount).map { Row(result: self, index: Int32($0)) } }
}

/// One row; columns count from 0. Its values stay in libpq's memory until they are asked for.
package struct Row {
    let result: QueryResult
    let index: Int32

    package func isNull(_ column: Int) -> Bool { bytes(of: column) == nil }

    /// Any type in PostgreSQL's text form.
    package func text(_ column: Int) throws(PostgresError) -> String {
        guard let text = try textOrNil(column) else { throw .unexpectedValue(column: column, expected: "a text") }
        return text
    }

    package func textOrNil(_ column: Int) throws(PostgresError) -> String? {
        guard let bytes = bytes(of: column) else { return nil }
        guard isBinary(column) else { return String(decoding: bytes, as: UTF8.self) }
        switch type(of: column) {
        case TypeID.int2, TypeID.int4, TypeID.int8: return bigEndian(bytes).description
        case TypeID.bool: return bytes.first == 0 ? "f" : "t"
        case TypeID.uuid: return UUIDText.text(bytes)
        case TypeID.text, TypeID.varchar: return String(decoding: bytes, as: UTF8.self)
        default: throw .unexpectedValue(column: column, expected: "a text")
        }
    }

    package func int(_ column: Int) throws(PostgresError) -> Int {
        guard let number = try intOrNil(column) else {
            throw .unexpectedValue(column: column, expected: "a whole number")
        }
        return number
    }

    package func intOrNil(_ column: Int) throws(PostgresError) -> Int? {
        guard let text = try textOrNil(column) else { return nil }
        guard let number = Int(text) else { throw .unexpectedValue(column: column, expected: "a whole number") }
        return number
    }

    package func double(_ column: Int) throws(PostgresError) -> Double {
        guard let number = try doubleOrNil(column) else {
            throw .unexpectedValue(column: column, expected: "a number")
        }
        return number
    }

    package func doubleOrNil(_ column: Int) throws(PostgresError) -> Double? {
        guard let bytes = bytes(of: column) else { return nil }
        if isBinary(column), type(of: column) == TypeID.float8 {
            return Double(bitPattern: UInt64(bitPattern: Int64(bigEndian(bytes))))
        }
        guard let number = Double(try text(column)) else {
            throw .unexpectedValue(column: column, expected: "a number")
        }
        return number
    }

    package func bool(_ column: Int) throws(PostgresError) -> Bool {
        switch try text(column) {
        case "t": return true
        case "f": return false
        default: throw .unexpectedValue(column: column, expected: "true or false")
        }
    }

    /// A bytea.
    package func bytes(_ column: Int) throws(PostgresError) -> [UInt8] {
        guard let bytes = try bytesOrNil(column) else { throw .unexpectedValue(column: column, expected: "bytes") }
        return bytes
    }

    package func bytesOrNil(_ column: Int) throws(PostgresError) -> [UInt8]? {
        guard let bytes = bytes(of: column) else { return nil }
        if isBinary(column) { return Array(bytes) }
        guard let decoded = Hexadecimal.decode(bytes) else {
            throw .unexpectedValue(column: column, expected: "bytes")
        }
        return decoded
    }

    /// A one-dimensional array without NULLs.
    package func texts(_ column: Int) throws(PostgresError) -> [String] {
        guard let elements = ArrayText.elements(try text(column)) else {
            throw .unexpectedValue(column: column, expected: "an array")
        }
        return elements.compactMap { $0 }
    }

    /// A one-dimensional array of whole numbers without NULLs.
    package func ints(_ column: Int) throws(PostgresError) -> [Int] {
        let texts = try texts(column)
        let numbers = texts.compactMap { Int($0) }
        guard numbers.count == texts.count else {
            throw .unexpectedValue(column: column, expected: "an array of whole numbers")
        }
        return numbers
    }

    private func bytes(of column: Int) -> UnsafeBufferPointer<UInt8>? {
        guard let column = Int32(exactly: column), column >= 0, column < PQnfields(result.handle),
            PQgetisnull(result.handle, index, column) == 0,
            let start = PQgetvalue(result.handle, index, column)
        else { return nil }
        let count = Int(PQgetlength(result.handle, index, column))
        return start.withMemoryRebound(to: UInt8.self, capacity: count) { UnsafeBufferPointer(start: $0, count: count) }
    }

    private func isBinary(_ column: Int) -> Bool { PQfformat(result.handle, Int32(truncatingIfNeeded: column)) == 1 }
    private func type(of column: Int) -> UInt32 { PQftype(result.handle, Int32(truncatingIfNeeded: column)) }

    /// Two, four or eight bytes with a sign.
    private func bigEndian(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let first = Int(Int8(bitPattern: bytes.first ?? 0))
        return bytes.dropFirst().reduce(first) { $0 << 8 | Int($1) }
    }
}
