import CCharLS

/// JPEG-LS by CharLS.
///
/// - SeeAlso: PS3.5 §8.2.3, §A.4.3.
enum JPEGLSCodec {
    /// Decodes one frame.
    ///
    /// - Throws: ``ImageError/corrupt(_:)`` when the stream is damaged, cut short or not what the description says.
    static func samples(_ bytes: [UInt8], _ description: PixelDescription) throws -> [UInt8] {
        guard let decoder = charls_jpegls_decoder_create() else {
            throw ImageError.tooLarge("There is no memory to decode a JPEG-LS frame.")
        }
        defer { charls_jpegls_decoder_destroy(decoder) }
        return try ended(bytes).withUnsafeBytes { source in
            guard let start = source.baseAddress else { throw ImageError.corrupt("The JPEG-LS stream is empty.") }
            try check(charls_jpegls_decoder_set_source_buffer(decoder, start, source.count))
            try check(charls_jpegls_decoder_read_header(decoder))
            let precision = try precision(decoder, description)
            var interleave = CHARLS_INTERLEAVE_MODE_NONE
            try check(charls_jpegls_decoder_get_interleave_mode(decoder, &interleave))
            let width = precision > 8 ? 2 : 1
            let decoded = try decode(decoder, length: description.pixelCount &* description.samplesPerPixel &* width)
            let fitted = SampleWidth.fit(
                decoded, from: width, to: description.bytesPerSample, signBit: description.isSigned ? precision : nil)
            let isPlanar = interleave == CHARLS_INTERLEAVE_MODE_NONE && description.samplesPerPixel > 1
            return isPlanar ? NativeFrame.byPixel(fitted, description) : fitted
        }
    }

    /// The stream with an End of Image: without any, CharLS 2.4 counts zeros behind the end for many seconds.
    private static func ended(_ bytes: [UInt8]) -> [UInt8] {
        let endOfImage: [UInt8] = [0xFF, 0xD9]
        let isEnded = bytes.suffix(2).elementsEqual(endOfImage) || bytes.suffix(3).dropLast().elementsEqual(endOfImage)
        return isEnded ? bytes : bytes + endOfImage
    }

    private static func precision(_ decoder: OpaquePointer, _ description: PixelDescription) throws -> Int {
        var frame = charls_frame_info()
        try check(charls_jpegls_decoder_get_frame_info(decoder, &frame))
        guard Int(frame.width) == description.columns, Int(frame.height) == description.rows,
            Int(frame.component_count) == description.samplesPerPixel
        else {
            throw ImageError.corrupt(
                "The JPEG-LS stream has \(frame.width) columns, \(frame.height) rows and "
                    + "\(frame.component_count) components.")
        }
        let precision = Int(frame.bits_per_sample)
        guard (2...16).contains(precision), precision <= description.bytesPerSample * 8 else {
            throw ImageError.corrupt(
                "The JPEG-LS stream has samples of \(precision) bits instead of \(description.bitsAllocated).")
        }
        return precision
    }

    private static func decode(_ decoder: OpaquePointer, length: Int) throws -> [UInt8] {
        var needed = 0
        try check(charls_jpegls_decoder_get_destination_size(decoder, 0, &needed))
        guard needed == length else { throw ImageError.corrupt("The JPEG-LS stream holds \(needed) bytes of pixels.") }
        return try [UInt8](unsafeUninitializedCapacity: length) { buffer, written in
            buffer.initialize(repeating: 0)
            if let start = buffer.baseAddress {
                try check(charls_jpegls_decoder_decode_to_buffer(decoder, start, length, 0))
            }
            written = length
        }
    }

    private static func check(_ code: charls_jpegls_errc) throws {
        guard code != CHARLS_JPEGLS_ERRC_SUCCESS else { return }
        let reason = charls_get_error_message(code).map { String(cString: $0) } ?? "unknown reason"
        throw ImageError.corrupt("The JPEG-LS stream cannot be decoded: \(reason).")
    }
}
