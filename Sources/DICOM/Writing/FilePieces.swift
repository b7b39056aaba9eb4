extension DataSetWriter {
    /// A stored file in another native syntax or in its own, without its large values: they stay ranges of
    /// ``DICOMFile/valueSource(_:)``.
    ///
    /// - Throws: as ``pieces(_:syntax:)``; compressed Pixel Data must have been replaced in `dataSet`.
    package static func pieces(_ file: DICOMFile, syntax: TransferSyntax) throws -> [Piece] {
        guard !syntax.isDeflated else { throw DICOMError.notEncodable(.pixelData, "a deflated file has no ranges") }
        return [.bytes(FileMeta.bytes(file, file.dataSet, syntax: syntax))] + (try dataSetPieces(file, syntax))
    }

    /// In the syntax that a file has, its pixels stay compressed even where that syntax knows no such pixels.
    private static func dataSetPieces(_ file: DICOMFile, _ syntax: TransferSyntax) throws -> [Piece] {
        try pieces(
            file.dataSet, syntax: syntax, takesFragments: syntax.isEncapsulated || syntax == file.transferSyntax)
    }

    /// Writes a file again in the syntax that it has or, when its Pixel Data are not compressed, in another native one.
    ///
    /// - Parameter source: of the file; its values are held one at a time.
    /// - Throws: as ``pieces(_:syntax:)``; what `source` and `output` throw.
    package static func write(
        _ file: DICOMFile, _ source: any ByteSource, syntax: TransferSyntax,
        _ output: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        let values = file.valueSource(source)
        if syntax.isDeflated {
            try output(FileMeta.bytes(file, file.dataSet, syntax: syntax)[...])
            let deflation = try Deflation()
            for piece in try dataSetPieces(file, syntax) {
                try deflation.deflate(piece.bytes(from: values)[...], output)
            }
            return try deflation.finish(output)
        }
        for piece in try pieces(file, syntax: syntax) { try output(piece.bytes(from: values)[...]) }
    }
}

extension FileMeta {
    /// Preamble, prefix and group 0002 for a file that is written again.
    ///
    /// - Parameter dataSet: what it will hold, which may name another instance than `file` does.
    package static func bytes(_ file: DICOMFile, _ dataSet: DataSet, syntax: TransferSyntax) -> [UInt8] {
        bytes(
            sopClass: dataSet.string(.sopClassUID) ?? file.meta.string(.mediaStorageSOPClassUID) ?? "",
            sopInstance: dataSet.string(.sopInstanceUID) ?? file.meta.string(.mediaStorageSOPInstanceUID) ?? "",
            transferSyntax: syntax.uid.text, sourceAE: file.meta.string(.sourceApplicationEntityTitle))
    }
}
