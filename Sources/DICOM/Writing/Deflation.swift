import CZlib

/// Deflates a data set piece by piece (PS3.5 §A.5).
///
/// A class, as it owns zlib's state.
package final class Deflation {
    private static let piece = 1 << 16
    private static let memoryLevel: Int32 = 8  // zlib's own default
    private var stream = z_stream()

    package init() throws {
        let started = deflateInit2_(
            &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, Self.memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw DICOMError.malformed("zlib cannot be started", offset: 0) }
    }

    deinit { deflateEnd(&stream) }

    package func deflate(_ bytes: ArraySlice<UInt8>, _ output: (ArraySlice<UInt8>) throws -> Void) throws {
        for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: Self.piece) {
            try step(Array(bytes[start..<min(start + Self.piece, bytes.endIndex)]), Z_NO_FLUSH, output)
        }
    }

    /// Ends the stream, with a byte more where its length would be odd.
    package func finish(_ output: (ArraySlice<UInt8>) throws -> Void) throws {
        try step([], Z_FINISH, output)
        if stream.total_out % 2 == 1 { try output([0]) }
    }

    private func step(_ bytes: [UInt8], _ flush: Int32, _ output: (ArraySlice<UInt8>) throws -> Void) throws {
        var input = bytes
        var room = [UInt8](repeating: 0, count: Self.piece)
        try input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            repeat {
                room.withUnsafeMutableBufferPointer { room in
                    stream.next_out = room.baseAddress
                    stream.avail_out = UInt32(room.count)
                    _ = CZlib.deflate(&stream, flush)
                }
                let made = room.count - Int(stream.avail_out)
                if made > 0 { try output(room[..<made]) }
            } while stream.avail_out == 0
        }
    }

    /// The whole of it at once.
    static func deflate(_ bytes: [UInt8]) throws -> [UInt8] {
        let deflation = try Deflation()
        var deflated: [UInt8] = []
        try deflation.deflate(bytes[...]) { deflated += $0 }
        try deflation.finish { deflated += $0 }
        return deflated
    }
}
