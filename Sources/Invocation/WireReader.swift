import HTTPModel

/// Reads a payload front to back; every length is checked against what is there.
package struct WireReader {
    private var rest: ArraySlice<UInt8>

    package init(_ payload: ArraySlice<UInt8>) { rest = payload }

    package mutating func byte() throws(InvocationError) -> UInt8 {
        guard let byte = rest.popFirst() else { throw .malformed("cut") }
        return byte
    }

    package mutating func uint32() throws(InvocationError) -> UInt32 {
        try bytes(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    package mutating func uint64() throws(InvocationError) -> UInt64 {
        try bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// - Throws: `malformed` also for a number below zero.
    package mutating func count() throws(InvocationError) -> Int {
        let number = Int64(bitPattern: try uint64())
        guard number >= 0 else { throw .malformed("negative number") }
        return Int(number)
    }

    package mutating func text() throws(InvocationError) -> String {
        let bytes = try bytes(Int(try uint32()))
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed("not UTF-8") }
        return text
    }

    package mutating func headers() throws(InvocationError) -> Headers {
        var headers = Headers()
        for _ in 0..<(try items()) { headers.add(try text(), try text()) }
        return headers
    }

    /// The number of pairs of texts that follow; each takes at least eight bytes.
    package mutating func items() throws(InvocationError) -> Int {
        let items = Int(try uint32())
        guard items <= rest.count / 8 else { throw .malformed("list of \(items)") }
        return items
    }

    package mutating func bytes(_ count: Int) throws(InvocationError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .malformed("cut") }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// - Throws: `malformed` when bytes are left over.
    package func finish() throws(InvocationError) {
        guard rest.isEmpty else { throw .malformed("\(rest.count) bytes too many") }
    }

    /// What has not been read.
    package var remainder: ArraySlice<UInt8> { rest }
}
