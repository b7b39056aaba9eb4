import DICOM
import DICOMImage
import HTTPModel
import ObjectStore
import Portal

/// Writes a stored instance in another transfer syntax, or in its own with another header.
///
/// Large values that need no change stay in the store and are named as segments; frames are converted one by one while
/// they are sent.
struct Conversion {
    let opened: OpenedInstance
    let syntax: TransferSyntax

    init(_ instance: RetrievedInstance, to syntax: TransferSyntax, _ store: DirectoryStore) throws {
        (opened, self.syntax) = (try OpenedInstance(instance, in: store), syntax)
    }

    /// - Throws: `ImageError` when the first frame cannot be converted.
    func content() throws -> AnswerPart.Content {
        let isItsOwn = syntax == opened.file.transferSyntax
        guard isItsOwn || !syntax.isEncapsulated && !opened.file.isEncapsulated else {
            let transcoding = try Transcoding(opened.image(), to: syntax)
            return .made { try transcoding.write($0) }
        }
        let (file, source, syntax) = (opened.file, opened.source, syntax)
        guard !syntax.isDeflated else {
            return .made { try DataSetWriter.write(file, source, syntax: syntax, $0) }
        }
        let pieces = try DataSetWriter.pieces(file, syntax: syntax)
        let segments = try pieces.compactMap(opened.segment)
        if segments.count == pieces.count { return .segments(segments) }
        return .made { output in
            for piece in pieces where piece.count > 0 { try output(piece.bytes(from: source)[...]) }
        }
    }
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
