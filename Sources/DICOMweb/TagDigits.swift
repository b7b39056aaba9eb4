import DICOM

/// The eight hexadecimal digits that name an attribute in DICOM JSON (PS3.18 §F.2.2), as one number that sorts as they do.
struct TagDigits: Hashable, Comparable {
    /// ASCII, the first digit in the highest byte.
    private let digits: UInt64

    init(_ tag: Tag) {
        let value = UInt32(tag.group) << 16 | UInt32(tag.element)
        digits = stride(from: UInt32(28), through: 0, by: -4).reduce(0) { digits, shift in
            let digit = UInt64(value >> shift & 0xF)
            return digits << 8 | (digit < 10 ? 0x30 + digit : 0x37 + digit)
        }
    }

    /// - Returns: `nil` for what is not eight bytes.
    init?(_ text: some Collection<UInt8>) {
        guard text.count == 8 else { return nil }
        digits = text.reduce(0) { $0 << 8 | UInt64($1) }
    }

    static func < (a: TagDigits, b: TagDigits) -> Bool { a.digits < b.digits }

    func append(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: digits.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
