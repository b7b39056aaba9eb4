import COpenJPH

/// High-Throughput JPEG 2000 without loss, by OpenJPH.
///
/// The stream is ordered by resolution and says the length of its tile-part, as the RPCL syntax wants; the plain
/// lossless syntax allows that too.
///
/// - SeeAlso: PS3.5 §8.2.14, §A.4.4; ISO/IEC 15444-15.
enum HTJ2KEncoder {
    /// The lowest resolution is no larger than this in either direction (PS3.5 §A.4.4, of the RPCL syntax).
    private static let smallestSide = 64

    /// Encodes one frame; RGB goes through the reversible transform and becomes YBR_RCT.
    ///
    /// - Parameter samples: one or two bytes each, little endian.
    /// - Throws: ``ImageError/tooLarge(_:)`` when the library refuses.
    static func encode(
        _ samples: [UInt8], _ description: PixelDescription, photometric: PhotometricInterpretation
    ) throws -> [UInt8] {
        let coded = CodedSamples(samples, description, keepsSign: true)
        var image = copenjph_image()
        image.columns = UInt32(description.columns)
        image.rows = UInt32(description.rows)
        image.components = UInt32(description.samplesPerPixel)
        image.precision = UInt32(coded.precision)
        image.is_signed = description.isSigned ? 1 : 0
        image.transforms_colour = photometric == .rgb ? 1 : 0
        image.decompositions = decompositions(description)
        image.sample_width = UInt32(description.bytesPerSample)
        var result = copenjph_result()
        defer { copenjph_free(&result) }
        let status = coded.bytes.withUnsafeBufferPointer { source in
            image.samples = source.baseAddress
            return copenjph_encode(&image, &result)
        }
        guard status == 0, let bytes = result.bytes else {
            let reason = withUnsafeBytes(of: &result.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            throw ImageError.tooLarge("The frame cannot be encoded as HTJ2K: \(reason).")
        }
        let stream = Array(UnsafeBufferPointer(start: bytes, count: result.length))
        return JPEG2000Codestream.withTilePartLength(stream)
    }

    private static func decompositions(_ description: PixelDescription) -> UInt32 {
        var levels: UInt32 = 0
        while max(description.columns, description.rows) >> Int(levels) > smallestSide { levels += 1 }
        return levels
    }
}
