/// What stands around the frames of Pixel Data in Explicit VR Little Endian, for writers that make frames one by one.
///
/// - SeeAlso: PS3.5 §7.1.2, §7.5, §A.4.
package enum PixelDataHeader {
    /// Before frames that follow each other without gaps.
    ///
    /// - Parameters:
    ///   - vr: OB, or OW for samples of more than 8 bits.
    ///   - length: bytes of all frames; an odd one needs a byte of padding behind them.
    /// - Returns: nil when that is longer than a value can be.
    package static func native(_ vr: VR, length: Int) -> [UInt8]? {
        guard let length = number(length) else { return nil }
        return pixelData(vr) + length
    }

    /// Before the fragments, with an empty Basic Offset Table.
    package static let encapsulated = pixelData(.OB) + [0xFF, 0xFF, 0xFF, 0xFF] + item + [0, 0, 0, 0]

    /// Before one fragment of `length` bytes; an odd one needs a byte of padding behind it.
    ///
    /// - Returns: nil when that is longer than a fragment can be.
    package static func fragment(length: Int) -> [UInt8]? {
        guard let length = number(length) else { return nil }
        return item + length
    }

    /// Behind the last fragment.
    package static let end: [UInt8] = [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0]

    private static let item: [UInt8] = [0xFE, 0xFF, 0x00, 0xE0]

    private static func pixelData(_ vr: VR) -> [UInt8] { [0xE0, 0x7F, 0x10, 0x00] + Array(vr.rawValue.utf8) + [0, 0] }

    /// The even length in four bytes.
    private static func number(_ length: Int) -> [UInt8]? {
        guard length >= 0, length < Int(ElementHeader.undefinedLength) - 1 else { return nil }
        return (0..<4).map { UInt8(truncatingIfNeeded: (length + length % 2) >> (8 * $0)) }
    }
}
