import DICOM

/// An image in another transfer syntax, written piece by piece, so that no more than one frame is held.
///
/// - SeeAlso: PS3.5 §8.2, Annex A.
package struct Transcoding: Sendable {
    private let image: ImageFile
    private let syntax: TransferSyntax
    private let quality: Int
    /// Made at once, because only that shows whether the frames can be converted.
    private let firstFrame: [UInt8]

    /// Converts the first frame.
    ///
    /// - Parameters:
    ///   - syntax: Explicit VR Little Endian, that deflated, or one of ``FrameEncoder/syntaxes``.
    ///   - quality: of a lossy syntax, 1…100.
    /// - Throws: ``ImageError``; what the image's source throws.
    package init(_ image: ImageFile, to syntax: TransferSyntax, quality: Int = 90) throws {
        guard Self.native.contains(syntax) || FrameEncoder.syntaxes.contains(syntax) else {
            let name = DataDictionary.name(ofUID: syntax.uid.text) ?? syntax.uid.text
            throw ImageError.unsupported("Decoded frames are not written in \(name) here.")
        }
        guard !syntax.isEncapsulated || syntax == .rleLossless || !image.hasEmbeddedOverlays else {
            throw ImageError.unsupported("Overlays in the unused bits of the pixels would be lost in this syntax.")
        }
        (self.image, self.syntax, self.quality) = (image, syntax, quality)
        firstFrame = try image.frame(0, in: syntax, quality: quality)
    }

    /// Writes the whole file: File Meta Information, attributes, frames.
    ///
    /// - Throws: ``ImageError`` when a later frame cannot be converted; ``DICOMError/notEncodable(_:_:)``; what the
    ///   image's source and `output` throw.
    package func write(_ output: (ArraySlice<UInt8>) throws -> Void) throws {
        let attributes = TranscodedAttributes(image, syntax)
        try output(attributes.fileMeta[...])
        guard syntax.isDeflated else { return try write(attributes, output) }
        let deflation = try Deflation()
        try write(attributes) { try deflation.deflate($0, output) }
        try deflation.finish(output)
    }

    private static let native: [TransferSyntax] = [.explicitVRLittleEndian, .deflatedExplicitVRLittleEndian]

    private func write(_ attributes: TranscodedAttributes, _ output: (ArraySlice<UInt8>) throws -> Void) throws {
        try write(attributes.before, output)
        try syntax.isEncapsulated ? writeFragments(output) : writeNative(output)
        try write(attributes.behind, output)
    }

    private func write(_ dataSet: DataSet, _ output: (ArraySlice<UInt8>) throws -> Void) throws {
        for piece in try DataSetWriter.pieces(dataSet, syntax: syntax) where piece.count > 0 {
            try output(piece.bytes(from: image.source)[...])
        }
    }

    private func frame(_ index: Int) throws -> [UInt8] {
        try index == 0 ? firstFrame : image.frame(index, in: syntax, quality: quality)
    }
}

extension ImageFile {
    /// Decodes a frame, and encodes it again unless it is wanted natively.
    ///
    /// - Parameters:
    ///   - index: 0-based.
    ///   - syntax: Explicit VR Little Endian, or one of ``FrameEncoder/syntaxes``.
    ///   - quality: of a lossy syntax, 1…100.
    /// - Throws: as ``frame(_:)`` and ``FrameEncoder/encode(_:_:photometric:syntax:quality:)``.
    package func frame(_ index: Int, in syntax: TransferSyntax, quality: Int = 90) throws -> [UInt8] {
        let native = try frame(index)
        guard syntax.isEncapsulated else { return native }
        return try FrameEncoder.encode(
            native, description, photometric: decodedPhotometric, syntax: syntax, quality: quality)
    }
}

extension Transcoding {
    /// One fragment for each frame, behind an empty Basic Offset Table: its numbers would have to be known before
    /// the first frame is sent (PS3.5 §A.4).
    private func writeFragments(_ output: (ArraySlice<UInt8>) throws -> Void) throws {
        try output(PixelDataHeader.encapsulated[...])
        for index in 0..<image.file.frames.count {
            let frame = try frame(index)
            guard let header = PixelDataHeader.fragment(length: frame.count) else {
                throw ImageError.tooLarge("Frame \(index + 1) is longer than one fragment can be.")
            }
            try output(header[...])
            try output(frame[...])
            if frame.count % 2 == 1 { try output([0]) }
        }
        try output(PixelDataHeader.end[...])
    }

    /// All frames as one value, those of single bits without padding between them.
    private func writeNative(_ output: (ArraySlice<UInt8>) throws -> Void) throws {
        let (description, count) = (image.description, image.file.frames.count)
        let bits = description.bitsPerDecodedFrame
        let (total, overflow) = bits.multipliedReportingOverflow(by: count)
        let length = overflow ? Int.max : (total + 7) / 8
        guard let header = PixelDataHeader.native(description.bitsAllocated > 8 ? .OW : .OB, length: length) else {
            throw ImageError.tooLarge("Decoded, the pixel data are longer than one value can be.")
        }
        try output(header[...])
        var joining = BitJoining()
        for index in 0..<count {
            let frame = try frame(index)
            try output(bits.isMultiple(of: 8) ? frame[...] : joining.append(frame, bits: bits)[...])
        }
        try output(joining.finished()[...])
        if length % 2 == 1 { try output([0]) }
    }
}
