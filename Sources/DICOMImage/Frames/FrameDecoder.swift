import DICOM

/// Turns the bytes of one frame, in any transfer syntax that we decode, into its samples.
package enum FrameDecoder {
    /// Decodes a frame into native form in little endian: colour by pixel, full chroma, single bits packed.
    ///
    /// What the samples then mean is told by ``photometric(_:after:)``.
    ///
    /// - Parameters:
    ///   - bytes: all fragments of the frame, or its range of a native value.
    ///   - bitOffset: bits to skip before a native frame of single bits.
    /// - Throws: ``ImageError/unsupported(_:)`` for a syntax without a decoder; ``ImageError/corrupt(_:)``;
    ///   ``ImageError/tooLarge(_:)``.
    /// - SeeAlso: PS3.5 §8.
    package static func decode(
        _ bytes: [UInt8], _ description: PixelDescription, syntax: TransferSyntax, bitOffset: Int = 0
    ) throws -> [UInt8] {
        var samples = try samples(bytes, description, syntax: syntax, bitOffset: bitOffset)
        if description.photometric == .rgb, JPEGStream.family.contains(syntax.uid.text),
            let stream = JPEGStream.stream(in: bytes), JPEGStream(stream)?.isMarkedYBR == true
        {
            // Some writers declare RGB and leave the library's YCbCr in the stream, which its JFIF marker then says.
            ColourConversion.ybrToRGB(&samples, full: true)
        }
        return description.bitsAllocated == 1 ? SingleBits.packed(samples) : samples
    }

    /// The Photometric Interpretation of a decoded frame, where decoding changes it.
    package static func photometric(
        _ description: PixelDescription, after syntax: TransferSyntax
    ) -> PhotometricInterpretation {
        switch description.photometric {
        case .ybrICT, .ybrRCT: syntax.isEncapsulated ? .rgb : description.photometric
        case .ybrFull422: .ybrFull
        case let other: other
        }
    }

    /// Decodes a frame into ``PixelDescription/decodedFrameLength`` bytes, one sample beside the other.
    static func samples(
        _ bytes: [UInt8], _ description: PixelDescription, syntax: TransferSyntax, bitOffset: Int = 0
    ) throws -> [UInt8] {
        guard syntax.isEncapsulated else {
            return try NativeFrame.samples(
                bytes, description, isLittleEndian: syntax.isLittleEndian, bitOffset: bitOffset)
        }
        guard description.format == .integer else {
            throw ImageError.unsupported("Compressed floating point pixels are not supported.")
        }
        try ImageLimits.check(decoded: description.decodedFrameLength, encoded: bytes.count)
        switch syntax.uid.text {
        case TransferSyntax.rleLossless.uid.text: return try RunLengths.samples(bytes, description)
        case TransferSyntax.deflatedImageFrame.uid.text: return try DeflatedFrame.samples(bytes, description)
        case TransferSyntax.encapsulatedUncompressed.uid.text:
            return try NativeFrame.samples(bytes, description, isLittleEndian: true, bitOffset: 0)
        case let uid where JPEGStream.family.contains(uid): return try JPEGCodec.samples(bytes, description)
        case let uid where JPEG2000Codec.family.contains(uid): return try JPEG2000Codec.samples(bytes, description)
        default:
            let name = DataDictionary.name(ofUID: syntax.uid.text) ?? syntax.uid.text
            throw ImageError.unsupported("Images in \(name) are kept and served, but not decoded here.")
        }
    }
}
