extension Sequence<UInt8> {
    /// Two lower-case digits a byte, as hashes are written.
    package var hexadecimal: String { Array(self).hexadecimal }
}

extension [UInt8] {
    /// Two lower-case digits a byte, as hashes are written.
    package var hexadecimal: String {
        String(unsafeUninitializedCapacity: 2 * count) { digits in
            for (index, byte) in enumerated() {
                digits[2 * index] = Self.digit(byte >> 4)
                digits[2 * index + 1] = Self.digit(byte & 15)
            }
            return 2 * count
        }
    }

    private static func digit(_ half: UInt8) -> UInt8 { half + UInt8(ascii: half < 10 ? "0" : "W") }  // "a" is "W" + 10
}
