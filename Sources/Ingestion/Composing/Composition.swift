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

    /// Puts one instance together: compressed where its pixels came compressed, else in Explicit VR Little Endian.
    ///
    /// - Throws: `CompositionError`; what the source throws.
    package func compose(_ metadata: InstanceMetadata) throws -> ComposedInstance {
        var pixels = Pixels()
        var dataSet = try decoded(metadata, into: &pixels)
        let told = dataSet.uid(.transferSyntaxUID).map { TransferSyntax($0) }
        dataSet.removeAll { $0.tag.group < 0x0008 }
        if let missing = pixels.missing { throw refusal("No part has the bulk data of \(missing).", dataSet) }
        guard dataSet.uid(.sopInstanceUID) != nil, dataSet.uid(.sopClassUID) != nil else {
            throw refusal("The metadata name no SOP Class or no SOP Instance.", dataSet)
        }
        // Parts of plain octets may be compressed frames, if the File Meta Information says so (PS3.18 §8.7.9).
        if pixels.syntax == nil, let told, told.isEncapsulated, !pixels.parts.isEmpty {
            dataSet.set(DataElement(.pixelData, .OB, .fragments([0..<0] + pixels.parts)))
            pixels.syntax = told
        }
        if let icon = pixels.iconSyntax, icon != pixels.syntax {
            throw refusal("A compressed icon needs pixels in the same transfer syntax.", dataSet)
        }
        if let syntax = pixels.syntax, !syntax.isKnown {
            throw refusal(
                "The transfer syntax of the pixels is not known.", dataSet, CompositionError.syntaxNotSupported)
        }
        return try composed(dataSet, pixels.syntax ?? .explicitVRLittleEndian)
    }

    /// What the bulk data say of the image while the metadata are read.
    private struct Pixels {
        var syntax: TransferSyntax?
        /// Where the parts of Pixel Data stand.
        var parts: [Range<Int>] = []
        /// Of Pixel Data in a Sequence that came compressed.
        var iconSyntax: TransferSyntax?
        /// The path of a value without a part.
        var missing: String?
    }

    private func decoded(_ metadata: InstanceMetadata, into pixels: inout Pixels) throws -> DataSet {
        var found = Pixels()
        defer { pixels = found }
        let resolution: BulkDataReference.Resolution = { try value(of: $0, &found) }
        do {
            switch metadata {
            case .json(let bytes): return try DICOMJSON.decode(bytes, bulkData: resolution)
            case .xml(let bytes): return try NativeDICOMModel.decode(bytes, bulkData: resolution)
            }
        } catch let error as DICOMError {
            throw CompositionError(
                status: CompositionError.cannotUnderstand, message: "The metadata are malformed: \(error)",
                sopClass: "", sopInstance: "")
        }
    }

    private func value(of reference: BulkDataReference, _ pixels: inout Pixels) throws -> Value? {
        guard let found = parts[reference.uri], let first = found.first else {
            pixels.missing = pixels.missing ?? reference.path
            return nil
        }
        let ranges = found.map(\.range)
        if reference.tag == .pixelData {
            let compressed = try Self.compression(of: first, in: source)
            if reference.path == Tag.pixelData.hex {
                (pixels.syntax, pixels.parts) = (compressed, ranges)
            } else if compressed != nil {
                pixels.iconSyntax = compressed
            }
            if compressed != nil { return .fragments([0..<0] + ranges) }
        }
        // Parts that follow each other are one value.
        guard zip(ranges, ranges.dropFirst()).allSatisfy({ $0.upperBound == $1.lowerBound }) else {
            pixels.missing = pixels.missing ?? reference.path
            return nil
        }
        return .deferred(offset: first.range.lowerBound, length: ranges.reduce(0) { $0 + $1.count })
    }

    private func composed(_ dataSet: DataSet, _ syntax: TransferSyntax) throws -> ComposedInstance {
        let head = FileMeta.bytes(
            sopClass: dataSet.string(.sopClassUID) ?? "", sopInstance: dataSet.string(.sopInstanceUID) ?? "",
            transferSyntax: syntax.uid.text)
        do {
            return ComposedInstance(
                pieces: [.bytes(head)] + (try DataSetWriter.pieces(dataSet, syntax: syntax)), source: source)
        } catch let error as DICOMError {
            throw refusal("The data set cannot be written: \(error)", dataSet)
        }
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
        return TransferSyntax.usual(ofMediaType: part.mediaType).flatMap { UID($0) }.map { TransferSyntax($0) }
    }

    /// In bytes; the markers before a JPEG stream's first scan.
    private static let longestHead = 1 << 16

    private func refusal(
        _ message: String, _ dataSet: DataSet, _ status: UInt16 = CompositionError.cannotUnderstand
    ) -> CompositionError {
        CompositionError(
            status: status, message: message, sopClass: dataSet.uid(.sopClassUID)?.text ?? "",
            sopInstance: dataSet.uid(.sopInstanceUID)?.text ?? "")
    }
}
