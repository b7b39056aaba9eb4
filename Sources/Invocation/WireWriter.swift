import HTTPModel

/// Makes one frame: numbers big endian, texts and lists after their length.
package struct WireWriter {
    package private(set) var bytes: [UInt8]

    /// - Parameter capacity: a guess of the payload's size in bytes.
    package init(_ kind: FrameKind, capacity: Int = 512) {
        bytes = []
        bytes.reserveCapacity(FrameHeader.size + capacity)
        bytes += [kind.rawValue, 0, 0, 0, 0]
    }

    package mutating func put(_ number: UInt8) { bytes.append(number) }

    package mutating func put(_ number: UInt32) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    package mutating func put(_ number: UInt64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    package mutating func put(_ number: Int) {
        withUnsafeBytes(of: Int64(number).bigEndian) { bytes.append(contentsOf: $0) }
    }

    package mutating func put(_ text: String) {
        put(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func put(_ headers: Headers) {
        put(UInt32(headers.fields.count))
        for field in headers.fields {
            put(field.name)
            put(field.value)
        }
    }

    package mutating func put(raw: some Collection<UInt8>) { bytes.append(contentsOf: raw) }

    /// Runs `body` and puts the number of bytes that it wrote before them.
    package mutating func putSized(_ body: (inout WireWriter) -> Void) {
        let at = bytes.count
        put(UInt32(0))
        body(&self)
        patch(UInt32(bytes.count - at - 4), at: at)
    }

    /// The frame, its header filled in.
    ///
    /// - Throws: `malformed` when the payload is over the kind's limit.
    package consuming func frame() throws(InvocationError) -> [UInt8] {
        let length = UInt32(bytes.count - FrameHeader.size)
        _ = try FrameHeader(kind: bytes[0], length: length)
        patch(length, at: 1)
        return bytes
    }

    private mutating func patch(_ number: UInt32, at index: Int) {
        for place in 0..<4 { bytes[index + place] = UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32(place))) }
    }
}
