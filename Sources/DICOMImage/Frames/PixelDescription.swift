import DICOM

/// The layout of an image's frames: the Image Pixel Module, checked, so that its products fit in memory.
///
/// - SeeAlso: PS3.3 §C.7.6.3, §C.7.6.24; PS3.5 §8.
package struct PixelDescription: Sendable, Equatable {
    /// What one stored sample is.
    package enum SampleFormat: Sendable { case integer, float32, float64 }

    package let rows: Int
    package let columns: Int
    package let samplesPerPixel: Int
    package let bitsAllocated: Int
    package let bitsStored: Int
    package let highBit: Int
    package let isSigned: Bool
    package let photometric: PhotometricInterpretation
    /// Planar Configuration 1: all samples of one component, then all of the next.
    package let isPlanar: Bool
    package let frameCount: Int
    package let format: SampleFormat
    /// Pixel Data has VR OW, which matters for 1 and 8 bits in big endian.
    package let isWordOriented: Bool

    /// Reads and checks the attributes of `dataSet`.
    ///
    /// - Throws: ``ImageError/unsupported(_:)`` when there are no pixels or the layout is none that we decode;
    ///   ``ImageError/corrupt(_:)`` when an attribute is absent or out of range; ``ImageError/tooLarge(_:)``.
    package init(_ dataSet: DataSet) throws {
        guard dataSet[.rows] != nil, dataSet[.columns] != nil else {
            throw ImageError.unsupported("This object has no image to show.")
        }
        let photometric = try Self.photometric(of: dataSet)
        let format = Self.format(of: dataSet)
        let allocated = try Self.number(.bitsAllocated, of: dataSet, default: Self.naturalBits(format))
        let stored = try Self.number(.bitsStored, of: dataSet, default: allocated)
        try self.init(
            rows: Self.number(.rows, of: dataSet), columns: Self.number(.columns, of: dataSet),
            samplesPerPixel: Self.number(.samplesPerPixel, of: dataSet, default: photometric.samplesPerPixel),
            bitsAllocated: allocated, bitsStored: stored, highBit: dataSet.int(.highBit),
            isSigned: Self.number(.pixelRepresentation, of: dataSet, default: 0) == 1, photometric: photometric,
            isPlanar: Self.number(.planarConfiguration, of: dataSet, default: 0) == 1,
            frameCount: Self.frameCount(of: dataSet), format: format,
            isWordOriented: dataSet[.pixelData]?.vr == .OW)
    }

    /// Checks a layout given in numbers.
    ///
    /// - Throws: as ``init(_:)``.
    package init(
        rows: Int, columns: Int, samplesPerPixel: Int = 1, bitsAllocated: Int, bitsStored: Int? = nil,
        highBit: Int? = nil, isSigned: Bool = false, photometric: PhotometricInterpretation = .monochrome2,
        isPlanar: Bool = false, frameCount: Int = 1, format: SampleFormat = .integer, isWordOriented: Bool = false
    ) throws {
        (self.rows, self.columns, self.samplesPerPixel) = (rows, columns, samplesPerPixel)
        (self.bitsAllocated, self.bitsStored) = (bitsAllocated, bitsStored ?? bitsAllocated)
        let lowest = self.bitsStored &- 1
        // A High Bit that cannot be is taken for the usual one, as other readers do.
        self.highBit = highBit.flatMap { $0 >= lowest && $0 < bitsAllocated ? $0 : nil } ?? lowest
        (self.isSigned, self.photometric, self.isPlanar) = (isSigned, photometric, isPlanar)
        (self.frameCount, self.format, self.isWordOriented) = (frameCount, format, isWordOriented)
        try check()
    }

    private func check() throws {
        guard (1...65_535).contains(rows), (1...65_535).contains(columns) else {
            throw ImageError.corrupt("Rows or Columns is not between 1 and 65535.")
        }
        guard samplesPerPixel == photometric.samplesPerPixel else {
            throw ImageError.corrupt("Samples per Pixel and Photometric Interpretation disagree.")
        }
        let allowed = format == .integer ? [1, 8, 16, 32] : [Self.naturalBits(format)]
        guard allowed.contains(bitsAllocated) else {
            throw ImageError.unsupported("Pixels of \(bitsAllocated) bits are not supported.")
        }
        guard (1...bitsAllocated).contains(bitsStored) else {
            throw ImageError.corrupt("Bits Stored does not fit in Bits Allocated.")
        }
        guard (1...ImageLimits.frames).contains(frameCount) else {
            throw ImageError.corrupt("Number of Frames is not between 1 and \(ImageLimits.frames).")
        }
        guard decodedFrameLength <= ImageLimits.frameLength else {
            throw ImageError.tooLarge("A frame of \(rows) × \(columns) pixels is larger than this portal decodes.")
        }
    }
}

extension PixelDescription {
    /// Pixels of one frame; at most 65535², so that products with a sample's size cannot overflow.
    var pixelCount: Int { rows &* columns }

    /// Bytes of one decoded sample: one for single bits too.
    package var bytesPerSample: Int { max(1, bitsAllocated / 8) }

    /// Bytes of one frame as ``FrameDecoder/samples(_:_:syntax:bitOffset:)`` gives it: colour by pixel, full chroma,
    /// one byte for a single bit.
    package var decodedFrameLength: Int { pixelCount &* samplesPerPixel &* bytesPerSample }

    /// Bits of one frame as ``FrameDecoder/decode(_:_:syntax:bitOffset:)`` gives it, without padding.
    package var bitsPerDecodedFrame: Int {
        bitsAllocated == 1 ? pixelCount &* samplesPerPixel : decodedFrameLength &* 8
    }

    /// Bytes of one frame in native form: bits packed (and padded to a byte), chroma as subsampled as declared.
    package var nativeFrameLength: Int {
        if bitsAllocated == 1 { return (pixelCount &* samplesPerPixel &+ 7) / 8 }
        guard photometric.isHorizontallySubsampled else { return decodedFrameLength }
        return (pixelCount &+ 1) / 2 &* 4 &* bytesPerSample
    }

    /// The place of a native frame in the value of Pixel Data, where single bits run on from frame to frame.
    ///
    /// - Parameter index: 0-based.
    /// - Returns: the bytes that hold the frame and the bits to skip in the first of them; nil if it does not exist.
    package func nativePlace(ofFrame index: Int) -> (bytes: Range<Int>, bitOffset: Int)? {
        guard index >= 0, index < frameCount else { return nil }
        guard bitsAllocated == 1 else {
            let start = index &* nativeFrameLength
            return (start..<start &+ nativeFrameLength, 0)
        }
        let bits = pixelCount &* samplesPerPixel
        let first = index &* bits
        return (first / 8..<(first &+ bits &+ 7) / 8, first % 8)
    }
}

extension PixelDescription {
    private static func photometric(of dataSet: DataSet) throws -> PhotometricInterpretation {
        let text = dataSet.string(.photometricInterpretation) ?? ""
        if text.isEmpty { return dataSet.int(.samplesPerPixel) == 3 ? .rgb : .monochrome2 }
        guard let known = PhotometricInterpretation(rawValue: text) else {
            throw ImageError.unsupported("The Photometric Interpretation of this image is not supported.")
        }
        return known
    }

    private static func format(of dataSet: DataSet) -> SampleFormat {
        if dataSet[.floatPixelData] != nil { return .float32 }
        return dataSet[.doubleFloatPixelData] != nil ? .float64 : .integer
    }

    private static func naturalBits(_ format: SampleFormat) -> Int {
        switch format {
        case .integer: 16
        case .float32: 32
        case .float64: 64
        }
    }

    private static func number(_ tag: Tag, of dataSet: DataSet, default fallback: Int? = nil) throws -> Int {
        if let value = dataSet.int(tag) { return value }
        guard let fallback else {
            throw ImageError.corrupt("\(tag.keyword ?? tag.hex) has no readable value.")
        }
        return fallback
    }

    private static func frameCount(of dataSet: DataSet) throws -> Int {
        guard let text = dataSet.string(.numberOfFrames), !text.isEmpty else { return 1 }
        guard let count = dataSet.int(.numberOfFrames) else {
            throw ImageError.corrupt("NumberOfFrames has no readable value.")
        }
        return count == 0 ? 1 : count  // some writers say 0 for a single frame
    }
}
