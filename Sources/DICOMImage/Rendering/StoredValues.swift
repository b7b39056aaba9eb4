/// The samples of a monochrome frame as numbers.
struct StoredValues {
    let samples: [UInt8]
    let description: PixelDescription

    /// How many values a table over all stored values needs; nil when that is no good idea.
    var tableSize: Int? {
        description.format == .integer && description.bitsStored <= 16 && description.bitsAllocated <= 16
            ? 1 << description.bitsStored : nil
    }

    /// The place of sample `index` in such a table: its stored bits.
    ///
    /// - Complexity: `body` is called for each pixel; the loop is the renderer's hottest.
    func forEachPattern(_ body: (_ index: Int, _ pattern: Int) -> Void) {
        let shift = UInt16(description.highBit + 1 - description.bitsStored)
        let mask = UInt16(truncatingIfNeeded: (1 << description.bitsStored) - 1)
        samples.withUnsafeBytes { bytes in
            if description.bytesPerSample == 1 {
                for index in 0..<description.pixelCount { body(index, Int((UInt16(bytes[index]) >> shift) & mask)) }
            } else {
                for index in 0..<description.pixelCount {
                    let word = UInt16(
                        littleEndian: bytes.loadUnaligned(fromByteOffset: index &* 2, as: UInt16.self))
                    body(index, Int((word >> shift) & mask))
                }
            }
        }
    }

    /// The stored value of a bit pattern.
    func value(ofPattern pattern: Int) -> Int {
        let sign = 1 << (description.bitsStored - 1)
        return description.isSigned && pattern & sign != 0 ? pattern - sign * 2 : pattern
    }

    /// The stored value of sample `index` in the layouts that have no table.
    func number(at index: Int) -> Double {
        samples.withUnsafeBytes { bytes in
            switch description.format {
            case .float32:
                let bits = bytes.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self)
                return Double(Float(bitPattern: UInt32(littleEndian: bits)))
            case .float64:
                let bits = bytes.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
                return Double(bitPattern: UInt64(littleEndian: bits))
            case .integer:
                let word = bytes.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self)
                let left = UInt32(littleEndian: word) << UInt32(31 - description.highBit)
                let right = UInt32(32 - description.bitsStored)
                return description.isSigned ? Double(Int32(bitPattern: left) >> Int32(right)) : Double(left >> right)
            }
        }
    }
}
