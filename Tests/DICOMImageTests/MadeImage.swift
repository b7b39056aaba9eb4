import DICOM

@testable import DICOMImage

/// An 8-bit image in memory, grey or RGB.
struct MadeImage {
    let columns: Int
    let rows: Int
    let frames: [[UInt8]]
    var isColour = false
    var more: [DataElement] = []

    var dataSet: DataSet {
        let samples = isColour ? 3 : 1
        let numbers: [(Tag, Int)] = [
            (.rows, rows), (.columns, columns), (.samplesPerPixel, samples), (.bitsAllocated, 8), (.bitsStored, 8),
            (.highBit, 7), (.pixelRepresentation, 0),
        ]
        let words = numbers.map { tag, number in
            DataElement(tag, .US, .bytes([UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]))
        }
        let pixels = frames.flatMap { $0 }
        let rest = [
            Self.text(.photometricInterpretation, .CS, isColour ? "RGB" : "MONOCHROME2"),
            Self.text(.numberOfFrames, .IS, "\(frames.count)"),
            DataElement(.pixelData, .OB, .bytes(pixels + (pixels.count % 2 == 0 ? [] : [0]))),
        ]
        return DataSet(words + rest + more)
    }

    func file() throws -> ImageFile {
        try ImageFile(BytesSource(DataSetWriter.bytes(dataSet, syntax: .explicitVRLittleEndian)))
    }

    static func text(_ tag: Tag, _ vr: VR, _ text: String) -> DataElement {
        DataElement(tag, vr, .bytes(Array(text.utf8) + (text.utf8.count % 2 == 0 ? [] : [0x20])))
    }
}
