import CZlib

/// Deflates data sets (PS3.5 §A.5).
enum Deflation {
    static func deflate(_ bytes: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        let memoryLevel: Int32 = 8  // zlib's own default
        let started = deflateInit2_(
            &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw DICOMError.malformed("zlib cannot be started", offset: 0) }
        defer { deflateEnd(&stream) }
        let room = Int(deflateBound(&stream, UInt(bytes.count))) + 1
        var input = bytes
        var deflated = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(clamping: source.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(clamping: room)
                _ = CZlib.deflate(&stream, Z_FINISH)
            }
            count = Int(stream.total_out)
        }
        guard stream.total_in == UInt(bytes.count) else {
            throw DICOMError.notEncodable(.pixelData, "the data set is too long to be deflated")
        }
        if deflated.count % 2 == 1 { deflated.append(0) }
        return deflated
    }
}
