import DICOM
import DICOMImage
import HTTPModel
import ObjectStore
import Portal

/// Writes a stored instance in Explicit VR Little Endian.
///
/// Large values that need no change stay in the store and are named as segments; compressed frames are decoded one by one
/// while they are sent.
struct Conversion {
    private static let syntax = TransferSyntax.explicitVRLittleEndian

    private let opened: OpenedInstance

    init(_ instance: RetrievedInstance, _ store: DirectoryStore) throws {
        opened = try OpenedInstance(instance, in: store)
    }

    /// - Throws: `ImageError` when the first frame cannot be decoded.
    func content() throws -> AnswerPart.Content {
        if case .fragments? = opened.file.dataSet[.pixelData]?.value { return try decoded() }
        let pieces = try DataSetWriter.pieces(opened.file, syntax: Self.syntax)
        let segments = try pieces.compactMap(opened.segment)
        return segments.count == pieces.count ? .segments(segments) : .made { try write(pieces, $0) }
    }

    private func decoded() throws -> AnswerPart.Content {
        let frames = try DecodedFrames(opened)
        guard let length = frames.totalLength, let padded = UInt32(exactly: length + length % 2), frames.count > 0
        else {
            throw ImageError.tooLarge("Decoded, the pixel data are longer than one value can be.")
        }
        var (before, behind) = (frames.dataSet, frames.dataSet)
        before.removeAll { $0.tag >= .pixelData || $0.tag.isOffsetTable }
        behind.removeAll { $0.tag <= .pixelData }
        let first = try frames.bytes(of: 0)
        let start =
            try [.bytes(InstanceContent.head(opened.stored, syntax: Self.syntax.uid.text))]
            + DataSetWriter.pieces(before, syntax: Self.syntax)
            + [.bytes(Self.pixelHeader(frames.vr, length: padded))]
        let padding: DataSetWriter.Piece = .bytes(length.isMultiple(of: 2) ? [] : [0])
        let end = try [padding] + DataSetWriter.pieces(behind, syntax: Self.syntax)
        return .made { output in
            try write(start, output)
            try frames.writeAll(first: first, output)
            try write(end, output)
        }
    }

    private func write(_ pieces: [DataSetWriter.Piece], _ output: (ArraySlice<UInt8>) throws -> Void) throws {
        for piece in pieces where piece.count > 0 { try output(piece.bytes(from: opened.source)[...]) }
    }

    /// PS3.5 Table 7.1-1: tag, VR, two reserved bytes, four bytes of length.
    private static func pixelHeader(_ vr: VR, length: UInt32) -> [UInt8] {
        [0xE0, 0x7F, 0x10, 0x00] + Array(vr.rawValue.utf8) + [0, 0]
            + (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    }
}

extension Tag {
    /// Of encapsulated Pixel Data alone (PS3.3 §C.7.6.3.1.8).
    fileprivate var isOffsetTable: Bool { self == .extendedOffsetTable || self == .extendedOffsetTableLengths }
}

extension OpenedInstance {
    /// - Returns: `nil` for a piece whose bytes must be changed.
    fileprivate func segment(_ piece: DataSetWriter.Piece) throws -> Segment? {
        switch piece {
        case .bytes(let bytes): .bytes(bytes)
        case .source(let range): try segment(range)
        case .swapped: nil
        }
    }
}
