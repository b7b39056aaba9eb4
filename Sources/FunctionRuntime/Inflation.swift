import CZlib

/// Inflates one gzip stream (RFC 1952) that we made ourselves, piece by piece.
///
/// A class, as it owns zlib's state.
final class Inflation {
    /// The stream is damaged or cut.
    struct Damaged: Error, CustomStringConvertible {
        let description = "a compressed object is damaged"
    }

    private static let gzipWindow: Int32 = 15 + 16  // zlib.h: 15 bits, and 16 for a gzip header
    private var stream = z_stream()
    private var isComplete = false

    init() throws(Damaged) {
        guard inflateInit2_(&stream, Self.gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw Damaged() }
    }

    deinit { inflateEnd(&stream) }

    /// Gives the bytes that `chunk` stands for, at most 64 KiB at a time.
    func inflate(_ chunk: ArraySlice<UInt8>, _ write: (ArraySlice<UInt8>) throws -> Void) throws {
        var input = Array(chunk)
        var room = [UInt8](repeating: 0, count: 1 << 16)
        var used = 0
        repeat {
            let made = try room.withUnsafeMutableBufferPointer { output throws(Damaged) in
                try step(&input, &used, output)
            }
            try write(room[..<made])
        } while used < input.count && !isComplete || stream.avail_out == 0
    }

    /// - Throws: `Damaged` when the stream ended before its end.
    func finish() throws(Damaged) {
        guard isComplete else { throw Damaged() }
    }

    private func step(
        _ input: inout [UInt8], _ used: inout Int, _ output: UnsafeMutableBufferPointer<UInt8>
    ) throws(Damaged) -> Int {
        let start = used
        let result = input.withUnsafeMutableBufferPointer { bytes in
            stream.next_in = bytes.baseAddress?.advanced(by: start)
            stream.avail_in = UInt32(clamping: bytes.count - start)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(clamping: output.count)
            return CZlib.inflate(&stream, Z_NO_FLUSH)
        }
        guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(result) else { throw Damaged() }
        isComplete = isComplete || result == Z_STREAM_END
        used = input.count - Int(stream.avail_in)
        return output.count - Int(stream.avail_out)
    }
}
