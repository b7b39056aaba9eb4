import CZlib

/// Frames that are deflated one by one.
///
/// - SeeAlso: PS3.5 §A.4.12.
enum DeflatedFrame {
    /// Inflates one frame and lays it out as its native form says.
    ///
    /// - Throws: ``ImageError/corrupt(_:)`` when the stream is damaged or shorter than the description needs.
    static func samples(_ bytes: [UInt8], _ description: PixelDescription) throws -> [UInt8] {
        let inflated = try inflate(bytes, length: description.nativeFrameLength)
        return try NativeFrame.samples(inflated, description, isLittleEndian: true, bitOffset: 0)
    }

    private static func inflate(_ bytes: [UInt8], length: Int) throws -> [UInt8] {
        guard let available = UInt32(exactly: bytes.count), let wanted = UInt32(exactly: length) else {
            throw ImageError.tooLarge("A deflated frame is longer than this portal decodes.")
        }
        var stream = z_stream()
        let rawDeflate: Int32 = -15
        guard inflateInit2_(&stream, rawDeflate, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw ImageError.tooLarge("There is no memory to inflate a frame.")
        }
        defer { inflateEnd(&stream) }
        var source = bytes
        var target = [UInt8](repeating: 0, count: length)
        source.withUnsafeMutableBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                (stream.next_in, stream.avail_in) = (source.baseAddress, available)
                (stream.next_out, stream.avail_out) = (target.baseAddress, wanted)
                _ = CZlib.inflate(&stream, Z_FINISH)
            }
        }
        guard stream.avail_out == 0 else {
            throw ImageError.corrupt("A deflated frame is damaged or cut short.")
        }
        return target
    }
}
