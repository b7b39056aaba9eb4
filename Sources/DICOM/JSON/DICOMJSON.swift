/// Data sets as JSON.
///
/// - SeeAlso: PS3.18 Annex F.
package enum DICOMJSON {
    /// Bytes of a binary value that stands in the JSON itself when no limit is given.
    package static let inlineLimit = 1024

    /// One object in UTF-8, without group lengths.
    ///
    /// Specific Character Set says ISO_IR 192, as the text does, whatever the data set was written in. IS and
    /// DS are numbers unless that could change them. A value that is no number is text: `"NaN"`, `"inf"`,
    /// `"-inf"`.
    ///
    /// - Parameters:
    ///   - inlineLimit: bytes of a binary value up to which it becomes InlineBinary.
    ///   - bulkDataURI: where the value at a path (`7FE00010`, `00091002.1.00091003`) can be had; asked for
    ///     Pixel Data of any length, for larger binary values and for what was left in the source. When it
    ///     knows none, the value is inline if it is there at all.
    package static func encode(
        _ dataSet: DataSet, inlineLimit: Int = inlineLimit, bulkDataURI: (_ path: String) -> String?
    ) -> [UInt8] {
        withoutActuallyEscaping(bulkDataURI) { bulkDataURI in
            var encoder = DataSetEncoder(inlineLimit: inlineLimit, bulkDataURI: bulkDataURI)
            encoder.append(dataSet, path: "")
            return encoder.json
        }
    }

    /// Reads one object.
    ///
    /// Text is kept in UTF-8 and (0008,0005) says so. Keys that are no tags are passed over.
    ///
    /// - Parameter bulkData: what stands at each BulkDataURI.
    /// - Throws: ``DICOMError/malformedJSON(_:offset:)``, ``DICOMError/notEncodable(_:_:)``; what `bulkData` throws.
    package static func decode(
        _ bytes: [UInt8], bulkData: BulkDataReference.Resolution = { _ in nil }
    ) throws -> DataSet {
        try dataSet(try JSONReader.value(of: bytes), bulkData: bulkData)
    }

    /// Reads an array of objects, as DICOMweb answers with.
    ///
    /// - Throws: as ``decode(_:bulkData:)``.
    package static func decodeList(
        _ bytes: [UInt8], bulkData: BulkDataReference.Resolution = { _ in nil }
    ) throws -> [DataSet] {
        guard case .array(let values) = try JSONReader.value(of: bytes) else {
            throw DICOMError.malformedJSON("no array", offset: 0)
        }
        return try values.map { try dataSet($0, bulkData: bulkData) }
    }

    static func dataSet(_ value: JSONValue, bulkData: BulkDataReference.Resolution) throws -> DataSet {
        guard case .object(let members) = value else { throw DICOMError.malformedJSON("no object", offset: 0) }
        return try withoutActuallyEscaping(bulkData) { try DataSetDecoder(bulkData: $0).dataSet(members) }
    }
}
