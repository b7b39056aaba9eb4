/// One file of a synthetic series, made when it is asked for.
package struct SyntheticInstance: Sendable {
    package let sopClassUID: String
    package let sopInstanceUID: String
    package let seriesNumber: Int
    /// 1-based.
    package let number: Int
    private let make: @Sendable () -> Attributes

    init(
        sopClassUID: String, sopInstanceUID: String, seriesNumber: Int, number: Int,
        make: @escaping @Sendable () -> Attributes
    ) {
        (self.sopClassUID, self.sopInstanceUID) = (sopClassUID, sopInstanceUID)
        (self.seriesNumber, self.number, self.make) = (seriesNumber, number, make)
    }

    /// The bytes of a Part 10 file in Explicit VR Little Endian; the same ones each time.
    ///
    /// - Throws: what the writer throws, which is nothing for attributes made here.
    /// - Complexity: draws the picture; milliseconds to a second.
    package func file() throws -> [UInt8] { try attributes().file() }

    /// The name that exports give such a file, for example `2-07.dcm`.
    package var fileName: String { "\(seriesNumber)-\(number < 10 ? "0" : "")\(number).dcm" }

    func attributes() -> Attributes { make() }
}
