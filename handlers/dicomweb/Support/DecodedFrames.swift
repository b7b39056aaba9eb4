import DICOM
import DICOMImage
import DICOMweb

/// The frames of a compressed instance, decoded one at a time, and what its attributes are then.
struct DecodedFrames: Sendable {
    private let opened: OpenedInstance
    private let description: PixelDescription
    private let syntax: TransferSyntax

    /// - Throws: `ImageError` when the image's description is none that can be decoded.
    init(_ opened: OpenedInstance) throws {
        self.opened = opened
        description = try PixelDescription(opened.file.dataSet)
        syntax = opened.file.transferSyntax
    }

    var count: Int { opened.file.frames.count }

    /// Bytes of all frames as one value; `nil` when that is no number.
    var totalLength: Int? {
        let (bits, overflow) = bitsPerFrame.multipliedReportingOverflow(by: count)
        return overflow || bits > Int.max - 7 ? nil : (bits + 7) / 8
    }

    private var bitsPerFrame: Int {
        let pixels = description.rows * description.columns * description.samplesPerPixel
        return description.bitsAllocated == 1 ? pixels : description.decodedFrameLength * 8
    }

    /// Writes all frames one behind the other, those of single bits without padding between them.
    ///
    /// - Parameter first: the first frame, which was decoded to see whether that is possible.
    func writeAll(first: [UInt8], _ write: (ArraySlice<UInt8>) throws -> Void) throws {
        var joining = BitJoining()
        let isJoined = description.bitsAllocated == 1 && !bitsPerFrame.isMultiple(of: 8)
        for index in 0..<count {
            let frame = try index == 0 ? first : bytes(of: index)
            try write(isJoined ? joining.append(frame, bits: bitsPerFrame)[...] : frame[...])
        }
        try write(joining.finished()[...])
    }

    var vr: VR { description.bitsAllocated > 8 ? .OW : .OB }

    /// The attributes as decoding leaves them: no subsampling, no colour transformation, colour by pixel. A compressed icon
    /// is left out.
    var dataSet: DataSet {
        var dataSet = opened.file.dataSet
        let photometric = Array(FrameDecoder.photometric(description, after: syntax).rawValue.utf8)
        let padded = photometric + (photometric.count.isMultiple(of: 2) ? [] : [0x20])
        dataSet.set(DataElement(.photometricInterpretation, .CS, .bytes(padded)))
        if description.samplesPerPixel > 1 { dataSet.set(DataElement(.planarConfiguration, .US, .bytes([0, 0]))) }
        dataSet.removeAll { $0.holdsFragments }
        return dataSet
    }

    /// Native little endian bytes.
    ///
    /// - Parameter index: 0-based.
    /// - Throws: `ImageError`.
    func bytes(of index: Int) throws -> [UInt8] {
        let ranges = opened.file.frames.ranges(of: index)
        let encoded = try ranges.flatMap { try opened.source.read(at: $0.lowerBound, count: $0.count) }
        let bitOffset = syntax.isEncapsulated ? 0 : description.nativePlace(ofFrame: index)?.bitOffset ?? 0
        return try FrameDecoder.decode(encoded, description, syntax: syntax, bitOffset: bitOffset)
    }
}

extension DataElement {
    /// Whether items of a Sequence hold compressed pixels, which a native data set cannot.
    fileprivate var holdsFragments: Bool {
        guard case .items(let items) = value else { return false }
        return items.contains { item in
            item.elements.contains { element in
                if case .fragments = element.value { return true }
                return element.holdsFragments
            }
        }
    }
}
