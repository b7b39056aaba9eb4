import DICOM
import DICOMImage

/// Makes PS3.10 files of metadata and bulk data that came apart.
///
/// - SeeAlso: PS3.18 §10.5.1.2, §8.7.3.3.
package struct Composition {
    private let parts: [String: [BulkPart]]
    private let source: any ByteSource

    /// - Parameters:
    ///   - parts: several with one location are the frames of one compressed image, in order.
    ///   - source: the spooled file with all of them.
    package init(_ parts: [BulkPart], in source: any ByteSource) {
        self.parts = Dictionary(grouping: parts, by: \.location)
        self.source = source
    }

    /// Writes one instance: compressed where its pixels came compressed, else in Explicit VR Little Endian.
    ///
    /// - Throws: `CompositionError`; what `output` and the source throw.
    package func write(_ metadata: InstanceMetadata, to output: (ArraySlice<UInt8>) throws -> Void) throws {
        let (dataSet, syntax) = try composed(metadata)
        let head = FileMeta.bytes(
            sopClass: dataSet.string(.sopClassUID) ?? "", sopInstance: dataSet.string(.sopInstanceUID) ?? "",
            transferSyntax: syntax.uid.text)
        let pieces: [DataSetWriter.Piece]
        do {
            pieces = try DataSetWriter.pieces(dataSet, syntax: syntax)
        } catch let error as DICOMError {
            throw refusal("The data set cannot be written: \(error)", dataSet)
        }
        try output(head[...])
        for piece in pieces where piece.count > 0 { try write(piece, to: output) }
    }

    /// Large values pass through in pieces.
    private func write(_ piece: DataSetWriter.Piece, to output: (ArraySlice<UInt8>) throws -> Void) throws {
        guard case .source(let range) = piece else { return try output(piece.bytes(from: source)[...]) }
        let most = 1 << 20
        for start in stride(from: range.lowerBound, to: range.upperBound, by: most) {
            try output(source.read(at: start, count: min(most, range.upperBound - start))[...])
        }
    }

    private func composed(_ metadata: InstanceMetadata) throws -> (DataSet, TransferSyntax) {
        var syntax: TransferSyntax?
        var missing: String?
        let resolution: BulkDataReference.Resolution = { reference in
            guard let found = parts[reference.uri], let first = found.first else {
                missing = missing ?? reference.path
                return nil
            }
            if reference.tag == .pixelData, let compressed = try Self.compression(of: first, in: source) {
                syntax = compressed
                return .fragments([0..<0] + found.map(\.range))
            }
            // Parts that follow each other are one value.
            let isOne = zip(found, found.dropFirst()).allSatisfy { $0.range.upperBound == $1.range.lowerBound }
            let length = found.reduce(0) { $0 + $1.range.count }
            return isOne ? .deferred(offset: first.range.lowerBound, length: length) : nil
        }
        var dataSet: DataSet
        do {
            switch metadata {
            case .json(let bytes): dataSet = try DICOMJSON.decode(bytes, bulkData: resolution)
            case .xml(let bytes): dataSet = try NativeDICOMModel.decode(bytes, bulkData: resolution)
            }
        } catch let error as DICOMError {
            throw CompositionError(
                status: CompositionError.cannotUnderstand, message: "The metadata are malformed: \(error)",
                sopClass: "", sopInstance: "")
        }
        let told = dataSet.uid(.transferSyntaxUID).map { TransferSyntax($0) }
        dataSet.removeAll { $0.tag.group < 0x0008 }
        if let missing { throw refusal("No part has the bulk data of \(missing).", dataSet) }
        // A part of plain octets may be a compressed frame, if the File Meta Information says so (PS3.18 §8.7.9).
        if syntax == nil, let told, told.isEncapsulated,
            case .deferred(let offset, let length)? = dataSet[.pixelData]?.value
        {
            dataSet.set(DataElement(.pixelData, .OB, .fragments([0..<0, offset..<offset + length])))
            syntax = told
        }
        if let syntax, !syntax.isKnown {
            throw refusal(
                "The transfer syntax of the pixels is not known.", dataSet, CompositionError.syntaxNotSupported)
        }
        return (dataSet, syntax ?? .explicitVRLittleEndian)
    }

    /// The Transfer Syntax of compressed pixels: the part's own word, the stream's, or the media type's default.
    ///
    /// - Returns: `nil` for pixels that are not compressed.
    private static func compression(of part: BulkPart, in source: any ByteSource) throws -> TransferSyntax? {
        if let text = part.transferSyntax {
            let syntax = UID(text).map { TransferSyntax($0) }
            return syntax.flatMap { $0.isEncapsulated ? $0 : nil }
        }
        if part.mediaType == "image/jpeg" {
            let head = try source.read(at: part.range.lowerBound, count: min(part.range.count, longestHead))
            if let syntax = JPEGStream.transferSyntax(of: head) { return syntax }
        }
        return defaultSyntaxes[part.mediaType].flatMap { UID($0) }.map { TransferSyntax($0) }
    }

    /// In bytes; the markers before a JPEG stream's first scan.
    private static let longestHead = 1 << 16

    /// PS3.18 Table 8.7.3-5.
    private static let defaultSyntaxes = [
        "image/jpeg": "1.2.840.10008.1.2.4.70", "image/dicom-rle": "1.2.840.10008.1.2.5",
        "image/x-dicom-rle": "1.2.840.10008.1.2.5", "image/jls": "1.2.840.10008.1.2.4.80",
        "image/x-jls": "1.2.840.10008.1.2.4.80", "image/jp2": "1.2.840.10008.1.2.4.90",
        "image/jpx": "1.2.840.10008.1.2.4.92", "image/jphc": "1.2.840.10008.1.2.4.201",
        "video/mpeg": "1.2.840.10008.1.2.4.100", "video/mp4": "1.2.840.10008.1.2.4.102",
    ]

    private func refusal(
        _ message: String, _ dataSet: DataSet, _ status: UInt16 = CompositionError.cannotUnderstand
    ) -> CompositionError {
        CompositionError(
            status: status, message: message, sopClass: dataSet.uid(.sopClassUID)?.text ?? "",
            sopInstance: dataSet.uid(.sopInstanceUID)?.text ?? "")
    }
}
