import DICOM

/// A PS3.10 file that is not written yet.
package struct ComposedInstance {
    let pieces: [DataSetWriter.Piece]
    let source: any ByteSource

    /// Of the file, in bytes.
    package var length: Int { pieces.reduce(0) { $0 + $1.count } }

    /// Writes the file; large values pass through in pieces.
    ///
    /// - Throws: what `output` and the source throw.
    package func write(to output: (ArraySlice<UInt8>) throws -> Void) throws {
        for piece in pieces where piece.count > 0 {
            guard case .source(let range) = piece else {
                try output(piece.bytes(from: source)[...])
                continue
            }
            let most = 1 << 20
            for start in stride(from: range.lowerBound, to: range.upperBound, by: most) {
                try output(source.read(at: start, count: min(most, range.upperBound - start))[...])
            }
        }
    }
}
