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
        guard let decode = decoder(of: syntax) else {
            throw ImageError.unsupported("Images in \(syntax.name) are kept and served, but not decoded here.")
        }
        return try decode(bytes, description)
    }

    /// Whether frames in this syntax are decoded here.
    package static func decodes(_ syntax: TransferSyntax) -> Bool {
        syntax.isEncapsulated ? decoder(of: syntax) != nil : !syntax.isReferenced
    }

    private static func decoder(
        of syntax: TransferSyntax
    ) -> (([UInt8], PixelDescription) throws -> [UInt8])? {
        switch syntax {
        case .rleLossless: RunLengths.samples
        case .deflatedImageFrame: DeflatedFrame.samples
        case .encapsulatedUncompressed: { try NativeFrame.samples($0, $1, isLittleEndian: true, bitOffset: 0) }
        case let syntax where JPEGStream.family.contains(syntax.uid.text): JPEGCodec.samples
        case let syntax where JPEG2000Codec.family.contains(syntax.uid.text): JPEG2000Codec.samples
        default: nil
        }
    }
}
