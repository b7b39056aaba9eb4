/// Bounds on what is kept of a file; everything in a file may be made to hurt.
package struct ReadingLimits: Sendable {
    /// Bytes of a value that is kept; longer ones stay in the source.
    package var valueLength = 64 * 1024
    /// Bytes of all values that are kept; what comes behind them stays in the source.
    package var totalLength = 64 * 1024 * 1024
    /// Elements and items of all levels.
    package var elementCount = 1_000_000
    /// Sequences inside sequences.
    package var depth = 64
    /// Fragments of encapsulated Pixel Data.
    package var fragmentCount = 4_000_000
    /// Bytes of an Extended Offset Table (8 a frame), which is kept whole.
    package var offsetTableLength = 32 * 1024 * 1024
    /// Bytes of a deflated data set when inflated.
    package var inflatedLength = 256 * 1024 * 1024
    /// Inflated bytes for each deflated one, behind the first ``inflatedFreely``.
    package var inflationRatio = 200
    package var inflatedFreely = 16 * 1024 * 1024

    package static let standard = ReadingLimits()

    package init() {}
}
