import CZlib

/// The metadata of several instances as one gzip'd DICOM JSON array (PS3.18 §10.4.3.3.2), made of the gzip'd object of
/// each without decoding any.
///
/// A class, as it owns zlib's states. It holds the compressed result and one buffer.
package final class MetadataDocument {
    /// A stored document is damaged, or memory is short.
    package struct Damaged: Error, CustomStringConvertible {
        package let description = "stored metadata cannot be inflated"
    }

    private static let gzipWindow: Int32 = 15 + 16  // zlib.h: 15 bits, and 16 for a gzip header
    private static let piece = 1 << 16

    private var output: [UInt8] = []
    private var deflation = z_stream()
    private var isEmpty = true

    /// - Returns: the array of `objects`, gzip'd; equal objects give equal bytes.
    package static func joined(_ objects: [[UInt8]]) throws(Damaged) -> [UInt8] {
        let document = try MetadataDocument()
        for object in objects { try document.add(object) }
        return try document.finished()
    }

    private init() throws(Damaged) {
        let level: Int32 = 6  // it is sent many times
        let memoryLevel: Int32 = 8
        guard
            deflateInit2_(
                &deflation, level, Z_DEFLATED, Self.gzipWindow, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw Damaged() }
    }

    deinit { deflateEnd(&deflation) }

    private func add(_ object: [UInt8]) throws(Damaged) {
        try deflate([UInt8(ascii: isEmpty ? "[" : ",")], Z_NO_FLUSH)
        isEmpty = false
        try Self.inflate(object) { bytes throws(Damaged) in try deflate(bytes, Z_NO_FLUSH) }
    }

    /// - Returns: the object's DICOM JSON.
    package static func inflated(_ object: [UInt8]) throws(Damaged) -> [UInt8] {
        var json: [UInt8] = []
        try inflate(object) { json += $0 }
        return json
    }

    /// The gzip'd object whose DICOM JSON is what `edit` makes of that of `object`.
    package static func edited(_ object: [UInt8], _ edit: ([UInt8]) -> [UInt8]) throws(Damaged) -> [UInt8] {
        try compressed(edit(inflated(object)))
    }

    /// - Parameter json: a whole DICOM JSON document.
    package static func compressed(_ json: [UInt8]) throws(Damaged) -> [UInt8] {
        let document = try MetadataDocument()
        try document.deflate(json, Z_FINISH)
        return document.output
    }

    private static func inflate(_ object: [UInt8], _ write: ([UInt8]) throws(Damaged) -> Void) throws(Damaged) {
        var inflation = z_stream()
        guard inflateInit2_(&inflation, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw Damaged() }
        defer { inflateEnd(&inflation) }
        var input = object
        var used = 0
        while true {
            let (bytes, result) = inflate(&inflation, &input, from: used)
            used = input.count - Int(inflation.avail_in)
            try write(bytes)
            if result == Z_STREAM_END { return }
            guard result == Z_OK, used < input.count || bytes.count == piece else { throw Damaged() }
        }
    }

    private func finished() throws(Damaged) -> [UInt8] {
        try deflate(Array(isEmpty ? "[]".utf8 : "]".utf8), Z_FINISH)
        return output
    }

    private static func inflate(
        _ stream: inout z_stream, _ input: inout [UInt8], from start: Int
    ) -> (bytes: [UInt8], result: Int32) {
        var result = Z_OK
        let bytes = [UInt8](unsafeUninitializedCapacity: piece) { room, count in
            result = input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress?.advanced(by: start)
                stream.avail_in = UInt32(clamping: input.count - start)
                stream.next_out = room.baseAddress
                stream.avail_out = UInt32(piece)
                return CZlib.inflate(&stream, Z_NO_FLUSH)
            }
            count = piece - Int(stream.avail_out)
        }
        return (bytes, result)
    }

    private func deflate(_ bytes: [UInt8], _ flush: Int32) throws(Damaged) {
        var input = bytes
        var result = Z_OK
        input.withUnsafeMutableBufferPointer { input in
            deflation.next_in = input.baseAddress
            deflation.avail_in = UInt32(clamping: input.count)
            repeat {
                output += [UInt8](unsafeUninitializedCapacity: Self.piece) { room, count in
                    deflation.next_out = room.baseAddress
                    deflation.avail_out = UInt32(Self.piece)
                    result = CZlib.deflate(&deflation, flush)
                    count = Self.piece - Int(deflation.avail_out)
                }
            } while deflation.avail_out == 0
        }
        guard result == Z_OK || result == Z_BUF_ERROR || result == Z_STREAM_END else { throw Damaged() }
    }
}
