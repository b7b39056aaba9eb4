import DICOM

/// The tables that a reader leaves in the source because they are long.
enum LargeTables {
    private static let palettes: [Tag] = [
        .redPaletteColorLookupTableData, .greenPaletteColorLookupTableData, .bluePaletteColorLookupTableData,
        .segmentedRedPaletteColorLookupTableData, .segmentedGreenPaletteColorLookupTableData,
        .segmentedBluePaletteColorLookupTableData,
    ]
    private static let sequences: [Tag] = [.modalityLUTSequence, .voiLUTSequence]
    /// Nothing longer can be of use: 65,536 entries of two bytes, and room for segments.
    private static let maximumLength = 1 << 19

    /// `dataSet` with the values of its tables.
    ///
    /// - Throws: what `source` throws.
    static func loaded(_ dataSet: DataSet, from source: any ByteSource) throws -> DataSet {
        var result = dataSet
        for tag in palettes {
            if let element = try loaded(dataSet[tag], of: dataSet, from: source) { result.set(element) }
        }
        for tag in sequences where dataSet[tag] != nil {
            let items = try dataSet.items(tag).map { item in
                var copy = item
                if let element = try loaded(item[.lutData], of: item, from: source) { copy.set(element) }
                return copy
            }
            result.set(DataElement(tag, .SQ, .items(items)))
        }
        return result
    }

    private static func loaded(
        _ element: DataElement?, of dataSet: DataSet, from source: any ByteSource
    ) throws -> DataElement? {
        guard let element, case .deferred(let offset, let length) = element.value, length <= maximumLength else {
            return nil
        }
        let bytes = try source.read(at: offset, count: length)
        let ordered = dataSet.isSourceBigEndian ? bytes.indices.map { bytes[$0 ^ 1 < length ? $0 ^ 1 : $0] } : bytes
        return DataElement(element.tag, element.vr, .bytes(ordered))
    }
}
