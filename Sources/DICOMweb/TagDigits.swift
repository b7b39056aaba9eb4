import DICOM

/// The eight hexadecimal digits that name an attribute in DICOM JSON (PS3.18 §F.2.2), as one number that sorts as they do.
struct TagDigits: Hashable, Comparable {
    /// ASCII, the first digit in the highest byte.
    private let digits: UInt64

    init(_ tag: Tag) { digits = tag.hexDigits }

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
