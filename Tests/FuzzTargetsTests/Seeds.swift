import DICOM
import DICOMImage
import FuzzTargets

/// Good inputs of each target, made here.
enum Seeds {
    static func of(_ target: FuzzTarget) -> [[UInt8]] {
        switch target {
        case .dataSet: [dataSet(.explicitVRLittleEndian), dataSet(.implicitVRLittleEndian)]
        case .fileMeta: [Array(file.dropFirst(132))]
        case .rendering: [file]
        case .json: [DICOMJSON.encode(sample) { $0 }]
        case .xml: [NativeDICOMModel.encode(sample) { $0 }]
        case .characterSets: (0..<26).map { [$0, 19] + text }
        case .encoders: [description + pixels]
        case .rle: frame(.rleLossless)
        case .jpegLS: frame(.jpegLSLossless)
        case .htj2k, .jpeg2000: frame(.htj2kLossless)
        case .jpeg: frame(.jpegBaseline, [8, 8, 2, 8, 7, 0])
        case .deflatedFrame: [description + [0x63, 0x60, 0x60, 0x60, 0x60, 0]]
        }
    }

    /// A name in kanji by escape sequences, and a byte of the upper half.
    private static let text: [UInt8] = [0x41, 0x3D, 0x1B, 0x24, 0x42, 0x3B, 0x33, 0x1B, 0x28, 0x42, 0xC4]
    private static let description: [UInt8] = [8, 8, 4, 12, 11, 0]
    private static let pixels = (0..<128).map { $0 % 2 == 0 ? UInt8($0) : 1 }

    private static func frame(_ syntax: TransferSyntax, _ head: [UInt8] = description) -> [[UInt8]] {
        let layout = try? PixelDescription(
            rows: 8, columns: 8, bitsAllocated: head[2] == 2 ? 8 : 16, bitsStored: Int(head[3]))
        let native = Array(pixels.prefix(head[2] == 2 ? 64 : 128))
        let coded = layout.flatMap {
            try? FrameEncoder.encode(native, $0, photometric: .monochrome2, syntax: syntax)
        }
        return coded.map { [head + $0] } ?? []
    }

    private static let sample: DataSet = {
        var item = DataSet()
        item.set(.codeValue, text: "A1")
        var dataSet = DataSet()
        dataSet.set(.specificCharacterSet, text: "", "ISO 2022 IR 87")
        dataSet.set(.sopInstanceUID, text: "1.2.3")
        dataSet.set(.patientName, text: "Doe^Jane")
        dataSet.set(.procedureCodeSequence, items: [item, item])
        dataSet.set(.windowCenter, text: "1.5", "2")
        dataSet.set(.windowWidth, text: "10", "20")
        dataSet.set(.samplesPerPixel, number: 1)
        dataSet.set(.photometricInterpretation, text: "MONOCHROME2")
        dataSet.set(.rows, number: 8)
        dataSet.set(.columns, number: 8)
        dataSet.set(.bitsAllocated, number: 16)
        dataSet.set(.bitsStored, number: 12)
        dataSet.set(.highBit, number: 11)
        dataSet.set(.pixelRepresentation, number: 0)
        dataSet.set(.pixelData, .OW, bytes: pixels)
        return dataSet
    }()

    private static func dataSet(_ syntax: TransferSyntax) -> [UInt8] {
        (try? DataSetWriter.bytes(sample, syntax: syntax)) ?? []
    }

    private static let file =
        FileMeta.bytes(
            sopClass: "1.2.840.10008.5.1.4.1.1.2", sopInstance: "1.2.3",
            transferSyntax: TransferSyntax.explicitVRLittleEndian.uid.text) + dataSet(.explicitVRLittleEndian)
}
