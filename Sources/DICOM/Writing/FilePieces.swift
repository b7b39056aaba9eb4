extension DataSetWriter {
    /// A stored file in another native syntax, without its large values: they stay ranges of
    /// ``DICOMFile/valueSource(_:)``.
    ///
    /// - Throws: as ``pieces(_:syntax:)``; compressed Pixel Data must have been replaced in `dataSet`.
    package static func pieces(_ file: DICOMFile, syntax: TransferSyntax) throws -> [Piece] {
        let meta = FileMeta.bytes(
            sopClass: file.dataSet.string(.sopClassUID) ?? file.meta.string(.mediaStorageSOPClassUID) ?? "",
            sopInstance: file.dataSet.string(.sopInstanceUID) ?? file.meta.string(.mediaStorageSOPInstanceUID) ?? "",
            transferSyntax: syntax.uid.text, sourceAE: file.meta.string(.sourceApplicationEntityTitle))
        guard !syntax.isDeflated else { throw DICOMError.notEncodable(.pixelData, "a deflated file has no ranges") }
        return [.bytes(meta)] + (try pieces(file.dataSet, syntax: syntax))
    }
}
