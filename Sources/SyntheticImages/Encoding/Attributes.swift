import DICOM

/// A data set in the making, its attributes named by the keywords of PS3.6.
struct Attributes {
    private(set) var dataSet = DataSet()
    /// Keywords that the dictionary does not have; a test keeps this empty.
    private(set) var unknownKeywords: [String] = []

    init(_ values: KeyValuePairs<String, AttributeValue> = [:]) {
        set(values)
    }

    mutating func set(_ values: KeyValuePairs<String, AttributeValue>) {
        for (keyword, value) in values { set(keyword, value) }
    }

    mutating func set(_ keyword: String, _ value: AttributeValue) {
        guard let tag = Tag(keyword: keyword), let vr = DataDictionary.vr(of: tag) else {
            unknownKeywords.append(keyword)
            return
        }
        if case .items(let items) = value {
            unknownKeywords += items.flatMap(\.unknownKeywords)
            dataSet.set(DataElement(tag, .SQ, .items(items.map(\.dataSet))))
        } else if let bytes = value.bytes(vr) {
            dataSet.set(DataElement(tag, vr, .bytes(bytes)))
        }
    }

    /// A code of SNOMED CT.
    ///
    /// - SeeAlso: PS3.3 §8.
    static func code(_ value: String, _ meaning: String) -> Attributes {
        Attributes(["CodeValue": .text(value), "CodingSchemeDesignator": "SCT", "CodeMeaning": .text(meaning)])
    }

    /// Adds Pixel Data of 8 or 16 bits, padded.
    mutating func setPixels(_ bytes: [UInt8], _ vr: VR) {
        dataSet.set(DataElement(.pixelData, vr, .bytes(bytes.count % 2 == 0 ? bytes : bytes + [0])))
    }

    /// A Part 10 file in Explicit VR Little Endian.
    ///
    /// - Throws: what the writer throws, which is nothing for attributes made here.
    func file() throws -> [UInt8] {
        let syntax = TransferSyntax.explicitVRLittleEndian
        let source: BytesSource? = nil
        return FileMeta.bytes(
            sopClass: dataSet.string(.sopClassUID) ?? "", sopInstance: dataSet.string(.sopInstanceUID) ?? "",
            transferSyntax: syntax.uid.text)
            + (try DataSetWriter.bytes(dataSet, syntax: syntax, source: source))
    }
}
