import DICOM

/// A table of the Standard's kind: a first mapped value and entries of 8 to 16 bits, extended by its ends.
///
/// - SeeAlso: PS3.3 §C.11.1.1, §C.11.2.1.1, §C.7.6.3.1.5.
struct LookupTable {
    let first: Int
    let entries: [UInt16]
    /// The largest value that the entries may have.
    let maximum: UInt16

    /// Reads the table of a Modality or VOI LUT Sequence item.
    ///
    /// - Parameter isSigned: the first mapped value is a signed one, whatever its VR says.
    /// - Returns: nil when descriptor or data are absent or of no use.
    init?(item: DataSet, isSigned: Bool) {
        guard let data = item.bytes(.lutData) else { return nil }
        self.init(descriptor: item.ints(.lutDescriptor), data: data, isSigned: isSigned)
    }

    /// - Parameter data: one byte or one little-endian word per entry, told by its length.
    init?(descriptor: [Int], data: [UInt8], isSigned: Bool) {
        guard let layout = Layout(descriptor, isSigned: isSigned) else { return nil }
        var entries: [UInt16]
        if data.count >= layout.count &* 2 || (layout.bits > 8 && data.count >= 2) {
            let count = min(layout.count, data.count / 2)
            entries = (0..<count).map { UInt16(data[$0 &* 2]) | UInt16(data[$0 &* 2 &+ 1]) << 8 }
        } else {
            entries = data.prefix(layout.count).map(UInt16.init)
        }
        self.init(first: layout.first, entries: entries, bits: layout.bits)
    }

    /// - Returns: nil when there are no entries.
    init?(first: Int, entries: [UInt16], bits: Int) {
        guard let highest = entries.max() else { return nil }
        let declared = UInt16(truncatingIfNeeded: (1 << min(16, max(8, bits))) - 1)
        (self.first, self.entries) = (first, entries)
        maximum = highest > declared ? .max : declared  // some descriptors understate the bits
    }

    /// The entry of `value`; below and above the table that of its ends.
    subscript(value: Int) -> UInt16 {
        entries[min(max(value, first) &- first, entries.count &- 1)]
    }

    /// The three numbers of a LUT Descriptor.
    struct Layout {
        let count: Int
        let first: Int
        let bits: Int

        init?(_ descriptor: [Int], isSigned: Bool) {
            guard descriptor.count >= 3 else { return nil }
            let declared = descriptor[0] & 0xFFFF
            count = declared == 0 ? 65_536 : declared
            let low = descriptor[1] & 0xFFFF
            first = isSigned && low > 0x7FFF ? low - 65_536 : low
            bits = descriptor[2] & 0xFF
        }
    }
}
