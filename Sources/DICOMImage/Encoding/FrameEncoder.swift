import DICOM

/// Writes frames in the compressed transfer syntaxes that we encode.
///
/// - SeeAlso: PS3.5 §8.2, §A.4.
package enum FrameEncoder {
    /// The syntaxes that keep every stored bit, the one with the fewest bytes a second of work first.
    package static let lossless: [TransferSyntax] = [.htj2kLossless, .htj2kLosslessRPCL, .jpegLSLossless, .rleLossless]
    /// All that are encoded here.
    package static let syntaxes = lossless + [.jpegBaseline]

    /// Encodes one frame.
    ///
    /// - Parameters:
    ///   - native: the frame as ``FrameDecoder/decode(_:_:syntax:bitOffset:)`` gives it.
    ///   - photometric: what its samples mean (``FrameDecoder/photometric(_:after:)``).
    ///   - quality: of a lossy syntax, 1…100.
    /// - Throws: ``ImageError/unsupported(_:)`` when such pixels have no place in `syntax`; ``ImageError/tooLarge(_:)``
    ///   when the library refuses.
    package static func encode(
        _ native: [UInt8], _ description: PixelDescription, photometric: PhotometricInterpretation,
        syntax: TransferSyntax, quality: Int = 90
    ) throws -> [UInt8] {
        try check(description, photometric, syntax)
        guard native.count == description.decodedFrameLength else {
            throw ImageError.corrupt("The frame has \(native.count) bytes, which is not what its description says.")
        }
        switch syntax {
        case .rleLossless: return try RunLengths.encode(native, description)
        case .jpegLSLossless: return try JPEGLSEncoder.encode(native, description)
        case .jpegBaseline:
            return try JPEGEncoder.encode(
                picture(native, description, photometric), quality: quality, chroma: .halvedHorizontally)
        default: return try HTJ2KEncoder.encode(native, description, photometric: photometric)
        }
    }

    /// The Photometric Interpretation of frames that were encoded.
    package static func photometric(
        _ photometric: PhotometricInterpretation, in syntax: TransferSyntax
    ) -> PhotometricInterpretation {
        switch syntax {
        case .jpegBaseline: photometric.isMonochrome ? photometric : .ybrFull422
        case .htj2kLossless, .htj2kLosslessRPCL: photometric == .rgb ? .ybrRCT : photometric
        default: photometric
        }
    }

    /// PS3.5 Tables 8.2.1-1, 8.2.2-1, 8.2.3-1 and 8.2.14-1, as far as we write them.
    private static func check(
        _ description: PixelDescription, _ photometric: PhotometricInterpretation, _ syntax: TransferSyntax
    ) throws {
        var name: String { DataDictionary.name(ofUID: syntax.uid.text) ?? syntax.uid.text }
        guard syntaxes.contains(syntax) else { throw ImageError.unsupported("\(name) is not written here.") }
        let widths = syntax == .rleLossless ? [8, 16, 32] : syntax == .jpegBaseline ? [8] : [8, 16]
        guard description.format == .integer, widths.contains(description.bitsAllocated) else {
            throw ImageError.unsupported("Pixels of \(description.bitsAllocated) bits cannot be written in \(name).")
        }
        guard syntax == .jpegBaseline else { return }
        guard description.bitsStored == 8, !description.isSigned, photometric != .paletteColor else {
            throw ImageError.unsupported("Only unsigned grey or colour of 8 bits can be written in \(name).")
        }
    }

    private static func picture(
        _ native: [UInt8], _ description: PixelDescription, _ photometric: PhotometricInterpretation
    ) -> Raster {
        var pixels = native
        if photometric.isYBR { ColourConversion.ybrToRGB(&pixels, full: !photometric.isPartial) }
        return Raster(
            columns: description.columns, rows: description.rows, channels: description.samplesPerPixel, pixels: pixels)
    }
}
