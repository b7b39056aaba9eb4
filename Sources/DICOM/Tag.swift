/// The identity of an attribute: a group and an element number.
///
/// - SeeAlso: PS3.5 §7.1.
package struct Tag: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Group in the upper, element in the lower 16 bits.
    package let code: UInt32

    package init(_ group: UInt16, _ element: UInt16) {
        code = UInt32(group) << 16 | UInt32(element)
    }

    package init(code: UInt32) {
        self.code = code
    }

    /// Reads eight hexadecimal digits such as `00100010`, in either case.
    package init?(hex: some StringProtocol) {
        guard hex.utf8.count == 8, hex.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
            let code = UInt32(hex, radix: 16)
        else { return nil }
        self.code = code
    }

    /// Finds the attribute that PS3.6 gives this keyword, such as `PatientName`.
    package init?(keyword: String) {
        guard let tag = DataDictionary.tag(keyword: keyword) else { return nil }
        self = tag
    }

    package static func < (left: Tag, right: Tag) -> Bool { left.code < right.code }
}

extension Tag {
    package var group: UInt16 { UInt16(truncatingIfNeeded: code >> 16) }
    package var element: UInt16 { UInt16(truncatingIfNeeded: code) }

    /// An odd group belongs to whoever claimed its block (PS3.5 §7.8).
    package var isPrivate: Bool { group & 1 == 1 }

    /// (gggg,0010–00FF) of an odd group: the name of the owner of a block.
    package var isPrivateCreator: Bool { isPrivate && (0x0010...0x00FF).contains(element) }

    /// (gggg,0000): the length of its group, retired except in groups 0000 and 0002 (PS3.5 §7.2).
    package var isGroupLength: Bool { element == 0 }

    /// Pixel Data and its floating point forms.
    package var isPixelData: Bool { self == .pixelData || self == .floatPixelData || self == .doubleFloatPixelData }

    /// Eight upper-case hexadecimal digits, as DICOM JSON and DICOMweb write a tag.
    package var hex: String {
        withUnsafeBytes(of: hexDigits.bigEndian) { String(decoding: $0, as: UTF8.self) }
    }

    /// The keyword of PS3.6; nil for private and unknown attributes.
    package var keyword: String? { DataDictionary.keyword(of: self) }

    package var description: String { "(\(hex.prefix(4)),\(hex.suffix(4)))" }

    /// The digits of ``hex`` in ASCII as one number, the first one in its highest byte.
    package var hexDigits: UInt64 {
        var (digits, rest) = (UInt64(0), code)
        for place in 0..<8 {
            let digit = UInt64(rest & 0xF)
            digits |= (digit < 10 ? 0x30 + digit : 0x41 - 10 + digit) << (8 * UInt64(place))
            rest >>= 4
        }
        return digits
    }
}

extension Tag {
    /// What the items of a sequence and its ends are marked with (PS3.5 §7.5).
    static let item = Tag(0xFFFE, 0xE000)
    static let itemDelimiter = Tag(0xFFFE, 0xE00D)
    static let sequenceDelimiter = Tag(0xFFFE, 0xE0DD)
}
