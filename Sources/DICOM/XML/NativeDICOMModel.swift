/// Data sets as XML, the media type `application/dicom+xml`.
///
/// - SeeAlso: PS3.19 §A.1; PS3.18 §8.7.3.2.
package enum NativeDICOMModel {
    static let namespace = "http://dicom.nema.org/PS3.19/models/NativeDICOM"

    /// One document in UTF-8, without group lengths.
    ///
    /// What is inline, what is bulk data and what Specific Character Set says are as in ``DICOMJSON``; numbers of
    /// DS and IS keep their text. Private attributes keep their tag and name their creator. A character that XML
    /// cannot have becomes U+FFFD.
    ///
    /// - Parameters: as of ``DICOMJSON/encode(_:inlineLimit:bulkDataURI:)``.
    package static func encode(
        _ dataSet: DataSet, inlineLimit: Int = DICOMJSON.inlineLimit, bulkDataURI: (_ path: String) -> String?
    ) -> [UInt8] {
        withoutActuallyEscaping(bulkDataURI) { bulkDataURI in
            var encoder = NativeModelEncoder(inlineLimit: inlineLimit, bulkDataURI: bulkDataURI)
            encoder.appendDocument(dataSet)
            return encoder.xml
        }
    }

    /// Reads one document.
    ///
    /// Text is kept in UTF-8 and (0008,0005) says so. A private attribute whose creator has no block, or whose tag
    /// leaves the block open (gggg,00ee), gets one.
    ///
    /// - Parameters:
    ///   - limits: of sequences in sequences, and of the elements of XML that a document may have.
    ///   - bulkData: what stands at the URI of each BulkData.
    /// - Throws: ``DICOMError/malformedXML(_:line:column:)``, for a document type and for what passes a limit too;
    ///   what `bulkData` throws.
    package static func decode(
        _ bytes: [UInt8], limits: ReadingLimits = .standard, bulkData: BulkDataReference.Resolution = { _ in nil }
    ) throws -> DataSet {
        let root = try XMLReader.root(of: bytes, limits: limits)
        return try withoutActuallyEscaping(bulkData) { try NativeModelDecoder(bulkData: $0).document(root) }
    }

    /// Writes a document for each object of an array of DICOM JSON, or for the one object; every BulkDataURI stays
    /// the same.
    ///
    /// - Parameter output: takes the documents in turn, so that one at a time is held.
    /// - Throws: as ``DICOMJSON/decode(_:bulkData:)``; what `output` throws.
    package static func documents(ofJSON json: [UInt8], _ output: ([UInt8]) throws -> Void) throws {
        try JSONReader.forEachValue(of: json) { object in
            var uris: [String: String] = [:]
            let elsewhere = Value.deferred(offset: 0, length: 1)  // any length but 0: there is a value
            let dataSet = try DICOMJSON.dataSet(object) { reference in
                uris[reference.path] = reference.uri
                return elsewhere
            }
            try output(encode(dataSet) { uris[$0] })
        }
    }
}
