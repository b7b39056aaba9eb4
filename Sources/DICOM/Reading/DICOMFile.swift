/// What a DICOM file says, its large values left in place.
///
/// - SeeAlso: PS3.10 §7.
package struct DICOMFile: Sendable {
    /// File Meta Information; empty when the file has none.
    package let meta: DataSet
    package let dataSet: DataSet
    /// The syntax that the data set is really written in, which the one in ``meta`` may contradict.
    package let transferSyntax: TransferSyntax
    /// Where the data set begins, in bytes from the start of the file.
    package let dataSetOffset: Int
    package let frames: FrameTable
    /// The data set when it was deflated: ranges and offsets of ``dataSet`` and ``frames`` then refer to these bytes.
    package let inflated: [UInt8]?

    /// Reads a file, with or without preamble and File Meta Information.
    ///
    /// - Parameter characterSet: of text whose encoding the file does not tell.
    /// - Throws: ``DICOMError``; what `source` throws.
    package static func read(
        _ source: any ByteSource, limits: ReadingLimits = .standard,
        assuming characterSet: SpecificCharacterSet = .ascii
    ) throws -> DICOMFile {
        try FileReader(source: source, limits: limits, characterSet: characterSet).read()
    }

    /// Pixel Data are compressed.
    package var isEncapsulated: Bool {
        if case .fragments? = dataSet[.pixelData]?.value { return true }
        return false
    }

    /// The source that offsets refer to: the inflated bytes, or the file itself.
    package func valueSource(_ file: any ByteSource) -> any ByteSource {
        inflated.map { BytesSource($0) } ?? file
    }
}

/// Finds the parts of a file.
private struct FileReader {
    let source: any ByteSource
    let limits: ReadingLimits
    let characterSet: SpecificCharacterSet

    private static let prefixOffset = 128  // PS3.10 §7.1
    private static let prefix = Array("DICM".utf8)

    func read() throws -> DICOMFile {
        let (meta, offset) = try self.meta()
        let declared = meta.uid(.transferSyntaxUID).map { TransferSyntax($0) }
        if declared?.isDeflated == true, try !isPlain(at: offset) {
            let deflated = try source.read(at: offset, count: source.count - offset)
            let inflated = try Inflation(limits: limits).inflate(deflated, offset: offset)
            return try file(meta, offset, declared, in: BytesSource(inflated), at: 0, inflated)
        }
        return try file(meta, offset, declared, in: source, at: offset, nil)
    }

    private func file(
        _ meta: DataSet, _ dataSetOffset: Int, _ declared: TransferSyntax?, in source: any ByteSource, at offset: Int,
        _ inflated: [UInt8]?
    ) throws -> DICOMFile {
        var reader = DataSetReader(source, at: offset, limits: limits)
        let encoding = try ElementEncoding(declared ?? .implicitVRLittleEndian).corrected(at: &reader.cursor)
        let syntax = syntax(encoding, declared: declared, isInflated: inflated != nil)
        let dataSet = try reader.fileDataSet(encoding, assuming: characterSet)
        guard !meta.isEmpty || !dataSet.isEmpty else { throw DICOMError.notDICOM }
        let frames = try FrameTable(of: dataSet, syntax, in: source, isInFile: inflated == nil)
        return DICOMFile(
            meta: meta, dataSet: dataSet, transferSyntax: syntax, dataSetOffset: dataSetOffset, frames: frames,
            inflated: inflated)
    }

    /// What was declared, unless the data set is written in another native syntax.
    private func syntax(_ found: ElementEncoding, declared: TransferSyntax?, isInflated: Bool) -> TransferSyntax {
        if let declared {
            if declared.isEncapsulated || isInflated { return declared }
            if !declared.isDeflated, ElementEncoding(declared) == found { return declared }
        }
        if found.isBigEndian { return .explicitVRBigEndian }
        return found.isExplicit ? .explicitVRLittleEndian : .implicitVRLittleEndian
    }

    /// A data set that is declared as deflated begins like one that is not.
    private func isPlain(at offset: Int) throws -> Bool {
        guard source.count - offset >= 8 else { return false }
        let head = try source.read(at: offset, count: 8)
        return head[1] == 0 && head[0] <= 0x10 && VR(head[4], head[5]) != nil
    }
}

extension FileReader {
    /// The File Meta Information and the offset behind it.
    private func meta() throws -> (DataSet, end: Int) {
        let start = try startOfMeta()
        var reader = DataSetReader(source, at: start, limits: limits)
        let encoding = try ElementEncoding.explicitLittleEndian.corrected(at: &reader.cursor)
        guard !encoding.isBigEndian else { return (DataSet(), start) }
        let meta = try reader.fileMeta(encoding) { isComplete($0, start: start, end: $1) }
        if meta.isEmpty, start == 0, try !beginsLikeDataSet() { throw DICOMError.notDICOM }
        return (meta, reader.cursor.offset)
    }

    /// Before a deflated data set, whose first bytes could be any, the group length counts.
    private func isComplete(_ elements: [DataElement], start: Int, end: Int) -> Bool {
        let meta = DataSet(elements)
        guard meta.uid(.transferSyntaxUID).map({ TransferSyntax($0).isDeflated }) == true,
            let length = meta.int(.fileMetaInformationGroupLength)
        else { return false }
        return length == end - start - 12  // the element of the group length itself: tag, VR, length, value
    }

    private func startOfMeta() throws -> Int {
        guard source.count >= 8 else { throw DICOMError.notDICOM }
        let head = try source.read(at: 0, count: min(source.count, Self.prefixOffset + Self.prefix.count))
        if head.count > Self.prefixOffset, Array(head[Self.prefixOffset...]) == Self.prefix {
            let start = Self.prefixOffset + Self.prefix.count
            return try beginsLikeDataSet() && !hasMeta(at: start) ? 0 : start  // the letters may be those of a value
        }
        return head.starts(with: Self.prefix) ? Self.prefix.count : 0
    }

    private func hasMeta(at offset: Int) throws -> Bool {
        try source.count - offset >= 8 && source.read(at: offset, count: 2) == [2, 0]
    }

    /// The file begins with an attribute that PS3.6 knows and that fits, as one without any head must.
    private func beginsLikeDataSet() throws -> Bool {
        var cursor = SourceCursor(source)
        let encoding = try ElementEncoding.implicitLittleEndian.corrected(at: &cursor)
        guard let header = try? ElementHeader(&cursor, encoding), (0x0008..<0x7FE0).contains(header.tag.group)
        else { return false }
        let fits = header.hasUndefinedLength || Int(header.length) <= source.count - cursor.offset
        return fits && DataDictionary.vr(of: header.tag) != nil
    }
}
