import DICOM

/// An image in a file or a stored object: attributes in memory, frames read and decoded one at a time.
package struct ImageFile: Sendable {
    /// The attributes with all tables that rendering needs, large ones too.
    package let dataSet: DataSet
    package let description: PixelDescription
    package let file: DICOMFile
    /// What the ranges of ``file`` refer to.
    let source: any ByteSource

    /// Reads the header.
    ///
    /// - Throws: ``DICOMError`` when it is no DICOM file; ``ImageError`` as ``PixelDescription``; what `source` throws.
    package init(_ source: any ByteSource) throws {
        try self.init(DICOMFile.read(source), source: source)
    }

    /// Takes a header that was read before from the same `source`.
    ///
    /// - Throws: as ``init(_:)``.
    package init(_ file: DICOMFile, source: any ByteSource) throws {
        self.file = file
        self.source = file.valueSource(source)
        description = try PixelDescription(file.dataSet)
        dataSet = try LargeTables.loaded(file.dataSet, from: self.source)
    }

    /// Decodes a frame as ``FrameDecoder/decode(_:_:syntax:bitOffset:)``.
    ///
    /// - Parameter index: 0-based.
    /// - Throws: ``ImageError/corrupt(_:)`` when the frame is not there; as the decoder; what the source throws.
    package func frame(_ index: Int) throws -> [UInt8] {
        let (bytes, syntax) = try encodedFrame(index)
        return try FrameDecoder.decode(bytes, description, syntax: syntax, bitOffset: bitOffset(index))
    }

    /// Overlays stand in the bits above the stored ones, as they once might (PS3.5 §8.1.2).
    package var hasEmbeddedOverlays: Bool {
        dataSet.elements.contains { element in
            let isPosition = element.tag.code & 0xFF01_FFFF == Tag.overlayBitPosition.code
            let data = Tag(element.tag.group, Tag.overlayData.element)
            return isPosition && dataSet[data] == nil && (dataSet.int(element.tag) ?? 0) > 0
        }
    }

    /// What the samples of a decoded frame mean.
    package var decodedPhotometric: PhotometricInterpretation {
        FrameDecoder.photometric(description, after: file.transferSyntax)
    }

    /// Renders a frame as ``Renderer/jpeg(frame:_:frameIndex:options:)``.
    package func jpeg(frame index: Int, options: RenderingOptions = RenderingOptions()) throws -> [UInt8] {
        try Renderer.jpeg(frame: frame(index), dataSet, frameIndex: index, options: options)
    }

    /// Renders a frame as ``Renderer/png(frame:_:frameIndex:options:)``.
    package func png(frame index: Int, options: RenderingOptions = RenderingOptions()) throws -> [UInt8] {
        try Renderer.png(frame: frame(index), dataSet, frameIndex: index, options: options)
    }

    /// The samples of a frame without any colour conversion, one byte for a single bit.
    func samples(_ index: Int) throws -> [UInt8] {
        let (bytes, syntax) = try encodedFrame(index)
        return try FrameDecoder.samples(bytes, description, syntax: syntax, bitOffset: bitOffset(index))
    }

    private func bitOffset(_ index: Int) -> Int {
        file.transferSyntax.isEncapsulated ? 0 : description.nativePlace(ofFrame: index)?.bitOffset ?? 0
    }

    private func encodedFrame(_ index: Int) throws -> ([UInt8], TransferSyntax) {
        guard dataSet.elements.contains(where: { $0.tag.isPixelData }) else {
            throw ImageError.unsupported("This object has no image to show.")
        }
        let ranges = file.frames.ranges(of: index)
        guard let first = ranges.first, index < description.frameCount else {
            throw ImageError.corrupt("The pixel data hold no frame \(index + 1).")
        }
        let syntax = file.transferSyntax
        if !syntax.isLittleEndian, description.isWordOriented, description.bitsAllocated <= 8 {
            return (try bytesInWords(first), .explicitVRLittleEndian)
        }
        let length = ranges.reduce(0) { $0 + $1.count }
        try ImageLimits.check(encodedFrame: length)
        return (try ranges.flatMap { try source.read(at: $0.lowerBound, count: $0.count) }, syntax)
    }

    /// In big endian words the bytes at the ends of a frame may stand in the place of a neighbour's.
    private func bytesInWords(_ range: Range<Int>) throws -> [UInt8] {
        let start = file.frames.ranges(of: 0).first?.lowerBound ?? range.lowerBound
        let before = (range.lowerBound - start) % 2
        let after = (before + range.count) % 2
        try ImageLimits.check(encodedFrame: range.count)
        let words = try source.read(at: range.lowerBound - before, count: before + range.count + after)
        let turned = words.indices.map { words[$0 ^ 1 < words.count ? $0 ^ 1 : $0] }
        return Array(turned[before..<before + range.count])
    }
}
