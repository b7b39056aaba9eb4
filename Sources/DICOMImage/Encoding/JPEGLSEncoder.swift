import CCharLS

/// JPEG-LS without loss, by CharLS.
///
/// - SeeAlso: PS3.5 §8.2.3, §A.4.3.
enum JPEGLSEncoder {
    /// Encodes one frame, colour by pixel.
    ///
    /// - Parameter samples: one or two bytes each, little endian.
    /// - Throws: ``ImageError/tooLarge(_:)`` when the library refuses.
    static func encode(_ samples: [UInt8], _ description: PixelDescription) throws -> [UInt8] {
        let coded = CodedSamples(samples, description, keepsSign: false)
        let width = coded.precision > 8 ? 2 : 1  // of the samples that the library takes
        let samples = SampleWidth.fit(coded.bytes, from: description.bytesPerSample, to: width, signBit: nil)
        guard let encoder = charls_jpegls_encoder_create() else { throw refused("there is no memory") }
        defer { charls_jpegls_encoder_destroy(encoder) }
        var frame = charls_frame_info(
            width: UInt32(description.columns), height: UInt32(description.rows),
            bits_per_sample: Int32(coded.precision), component_count: Int32(description.samplesPerPixel))
        try check(charls_jpegls_encoder_set_frame_info(encoder, &frame))
        let isColour = description.samplesPerPixel > 1
        try check(
            charls_jpegls_encoder_set_interleave_mode(
                encoder, isColour ? CHARLS_INTERLEAVE_MODE_SAMPLE : CHARLS_INTERLEAVE_MODE_NONE))
        var room = 0
        try check(charls_jpegls_encoder_get_estimated_destination_size(encoder, &room))
        return try [UInt8](unsafeUninitializedCapacity: room) { buffer, written in
            guard let start = buffer.baseAddress else { return }
            try check(charls_jpegls_encoder_set_destination_buffer(encoder, start, room))
            try samples.withUnsafeBytes { source in
                guard let first = source.baseAddress else { return }
                try check(charls_jpegls_encoder_encode_from_buffer(encoder, first, source.count, 0))
            }
            try check(charls_jpegls_encoder_get_bytes_written(encoder, &written))
        }
    }

    private static func check(_ code: charls_jpegls_errc) throws {
        guard code != CHARLS_JPEGLS_ERRC_SUCCESS else { return }
        throw refused(charls_get_error_message(code).map { String(cString: $0) } ?? "unknown reason")
    }

    private static func refused(_ reason: String) -> ImageError {
        .tooLarge("The frame cannot be encoded as JPEG-LS: \(reason).")
    }
}
