import CZlib

/// Inflates deflated data sets within bounds.
///
/// The stream is read twice: once to learn its length, so that one that passes a limit costs no memory.
///
/// - SeeAlso: PS3.5 §A.5; RFC 1951.
struct Inflation {
    let limits: ReadingLimits

    private static let chunkLength = 64 * 1024

    /// - Parameter offset: of `deflated` in its file, for the error.
    /// - Throws: ``DICOMError/malformed(_:offset:)``, ``DICOMError/truncated(offset:)`` or
    ///   ``DICOMError/tooLarge(_:offset:)``.
    func inflate(_ deflated: [UInt8], offset: Int) throws -> [UInt8] {
        let byRatio = limits.inflatedFreely + deflated.count.multipliedReportingOverflow(by: limits.inflationRatio).0
        let limit = min(limits.inflatedLength, byRatio)
        var length = 0
        try run(deflated, offset) { chunk in
            length += chunk.count
            guard length <= limit else {
                throw DICOMError.tooLarge("a deflated data set inflates too far", offset: offset)
            }
        }
        var inflated: [UInt8] = []
        inflated.reserveCapacity(length)
        try run(deflated, offset) { inflated.append(contentsOf: $0) }
        return inflated
    }

    private func run(_ deflated: [UInt8], _ offset: Int, _ take: (ArraySlice<UInt8>) throws -> Void) throws {
        var stream = z_stream()
        let started = inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw DICOMError.malformed("zlib cannot be started", offset: offset) }
        defer { inflateEnd(&stream) }
        var input = deflated
        var chunk = [UInt8](repeating: 0, count: Self.chunkLength)
        try input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(clamping: source.count)
            while true {
                let (status, made) = Self.step(&stream, &chunk)
                try take(chunk[..<made])
                if status == Z_STREAM_END { return }
                guard status == Z_OK else {
                    let isShort = status == Z_BUF_ERROR
                    throw isShort
                        ? DICOMError.truncated(offset: offset)
                        : .malformed("a damaged deflated data set", offset: offset)
                }
            }
        }
    }

    private static func step(_ stream: inout z_stream, _ chunk: inout [UInt8]) -> (status: Int32, made: Int) {
        let room = chunk.count
        return chunk.withUnsafeMutableBufferPointer { target in
            stream.next_out = target.baseAddress
            stream.avail_out = UInt32(room)
            let status = CZlib.inflate(&stream, Z_NO_FLUSH)
            return (status, room - Int(stream.avail_out))
        }
    }
}
