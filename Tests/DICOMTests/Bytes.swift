@testable import DICOM

/// Not the tag of a test.
typealias Tag = DICOM.Tag

/// Makes the bytes of data sets by hand, for tests.
enum Bytes {
    /// Bytes of hexadecimal digits; spaces and line ends between them are left out.
    static func hex(_ text: String) -> [UInt8] {
        let digits = text.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue).map { UInt8($0) }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    static func word16(_ number: Int) -> [UInt8] { (0..<2).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    static func word32(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

    static func tag(_ tag: Tag) -> [UInt8] { word16(Int(tag.group)) + word16(Int(tag.element)) }

    /// An element in Explicit VR Little Endian.
    static func explicit(_ tag: Tag, _ vr: VR, _ value: [UInt8], length: Int? = nil) -> [UInt8] {
        let length = length ?? value.count
        let size = vr.hasLongLength ? [0, 0] + word32(length) : word16(length)
        return self.tag(tag) + Array(vr.rawValue.utf8) + size + value
    }

    static func explicit(_ tag: Tag, _ vr: VR, _ value: String) -> [UInt8] { explicit(tag, vr, Array(value.utf8)) }

    /// An element in Implicit VR Little Endian; also an item or a delimiter.
    static func implicit(_ tag: Tag, _ value: [UInt8], length: Int? = nil) -> [UInt8] {
        self.tag(tag) + word32(length ?? value.count) + value
    }

    static let undefined = 0xFFFF_FFFF
    static let itemEnd = implicit(.itemDelimiter, [])
    static let sequenceEnd = implicit(.sequenceDelimiter, [])

    /// A Part 10 file of a data set that is encoded already.
    static func file(_ dataSet: [UInt8], _ syntax: TransferSyntax = .explicitVRLittleEndian) -> [UInt8] {
        FileMeta.bytes(sopClass: "1.2.840.10008.5.1.4.1.1.7", sopInstance: "1.2.3", transferSyntax: syntax.uid.text)
            + dataSet
    }

    /// Encapsulated Pixel Data with these fragments.
    static func encapsulated(_ fragments: [[UInt8]], offsets: [Int] = []) -> [UInt8] {
        explicit(.pixelData, .OB, [], length: undefined) + implicit(.item, offsets.flatMap(word32))
            + fragments.flatMap { implicit(.item, $0) } + sequenceEnd
    }

    static func read(_ bytes: [UInt8], limits: ReadingLimits = .standard) throws -> DICOMFile {
        try DICOMFile.read(BytesSource(bytes), limits: limits)
    }
}
