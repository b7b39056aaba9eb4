import CJPEGDecoders

/// JPEG by libjpeg-turbo and GDCM's builds of the IJG library, JPEG-LS by CharLS, chosen by what the stream is.
///
/// - SeeAlso: PS3.5 §8.2.1, §A.4.1.
enum JPEGCodec {
    /// Decodes one frame without colour conversion.
    ///
    /// - Throws: ``ImageError/corrupt(_:)`` when the stream is damaged, cut short or not what the description says.
    static func samples(_ frame: [UInt8], _ description: PixelDescription) throws -> [UInt8] {
        if JPEGStream.stream(in: frame) == nil, frame.count == description.nativeFrameLength {
            // Some writers change the transfer syntax and leave the pixels as they are.
            return try NativeFrame.samples(frame, description, isLittleEndian: true, bitOffset: 0)
        }
        guard let bytes = JPEGStream.stream(in: frame), let stream = JPEGStream(bytes) else {
            throw ImageError.corrupt("The frame does not begin like a JPEG stream that can be decoded.")
        }
        if stream.process == .nearLossless { return try JPEGLSCodec.samples(bytes, description) }
        guard (1...16).contains(stream.precision), stream.precision <= description.bytesPerSample * 8 else {
            throw ImageError.corrupt(
                "The JPEG stream has samples of \(stream.precision) bits instead of \(description.bitsAllocated).")
        }
        let build = build(for: stream)
        let decoded = try decode(bytes, description, build: build)
        let isWide = build == cjpeg_gdcm12 || build == cjpeg_gdcm16
        return SampleWidth.fit(
            decoded, from: isWide ? 2 : 1, to: description.bytesPerSample, signBit: signBit(stream, description))
    }

    private static func build(for stream: JPEGStream) -> cjpeg_build {
        if stream.precision > 12 { return cjpeg_gdcm16 }
        if stream.precision > 8 { return cjpeg_gdcm12 }
        return stream.process == .lossless ? cjpeg_gdcm8 : cjpeg_turbo8
    }

    /// JPEG knows no sign: a signed sample of fewer bits than its container arrives without its upper ones.
    private static func signBit(_ stream: JPEGStream, _ description: PixelDescription) -> Int? {
        description.isSigned && stream.precision == description.bitsStored ? stream.precision : nil
    }

    private static func decode(_ bytes: [UInt8], _ description: PixelDescription, build: cjpeg_build) throws -> [UInt8]
    {
        let width = build == cjpeg_gdcm12 || build == cjpeg_gdcm16 ? 2 : 1
        var frame = cjpeg_frame()
        frame.columns = UInt32(description.columns)
        frame.rows = UInt32(description.rows)
        frame.components = UInt32(description.samplesPerPixel)
        frame.length = description.pixelCount &* description.samplesPerPixel &* width
        var status = cjpeg_ok
        let samples = [UInt8](unsafeUninitializedCapacity: frame.length) { buffer, written in
            buffer.initialize(repeating: 0)
            frame.samples = UnsafeMutableRawPointer(buffer.baseAddress)
            status = bytes.withUnsafeBufferPointer { cjpeg_decode(build, $0.baseAddress, $0.count, &frame) }
            written = frame.length
        }
        guard status == cjpeg_ok else {
            let reason = withUnsafeBytes(of: &frame.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            throw ImageError.corrupt("The JPEG stream cannot be decoded: \(reason).")
        }
        return samples
    }
}
