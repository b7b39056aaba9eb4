/// The compact form that the database keeps: numbers of 7 bits a byte, the lowest first.
///
/// The first byte tells the layout (1 native, 2 one fragment a frame, 3 several) and, by its highest bit, that
/// the ranges are none of the file. Native: start, bits of a frame, count. Encapsulated: count of fragments,
/// start of the first one; then for each its length and the gap behind it; then, in layout 3, the count of
/// frames and the fragments of each.
extension FrameTable {
    private enum Form {
        static let native: UInt8 = 1
        static let oneFragment: UInt8 = 2
        static let severalFragments: UInt8 = 3
        static let notInFile: UInt8 = 0x80
    }

    /// Bytes that ``init(encoded:)`` reads; none for ``none``.
    package func encoded() -> [UInt8] {
        let flag = isInFile ? 0 : Form.notInFile
        switch layout {
        case .none: return []
        case .native(let start, let bits, let count):
            var bytes = [Form.native | flag]
            for number in [start, bits, count] { Self.append(number, to: &bytes) }
            return bytes
        case .encapsulated(let fragments, let firsts):
            let isSimple = firsts.count == fragments.count + 1
            var bytes = [(isSimple ? Form.oneFragment : Form.severalFragments) | flag]
            Self.append(fragments, to: &bytes)
            if isSimple { return bytes }
            Self.append(firsts.count - 1, to: &bytes)
            for (first, next) in zip(firsts, firsts.dropFirst()) { Self.append(next - first, to: &bytes) }
            return bytes
        }
    }

    private static func append(_ fragments: [Range<Int>], to bytes: inout [UInt8]) {
        append(fragments.count, to: &bytes)
        append(fragments.first?.lowerBound ?? 0, to: &bytes)
        for (index, fragment) in fragments.enumerated() {
            append(fragment.count, to: &bytes)
            let next = index + 1 < fragments.count ? fragments[index + 1].lowerBound : fragment.upperBound
            append(next - fragment.upperBound, to: &bytes)
        }
    }

    private static func append(_ number: Int, to bytes: inout [UInt8]) {
        var rest = UInt64(max(0, number))
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Reads what ``encoded()`` made; nil for anything else.
    package init?(encoded bytes: [UInt8]) {
        guard let first = bytes.first else {
            self = .none
            return
        }
        var numbers = NumberReader(bytes: bytes, place: 1)
        guard let layout = Self.layout(first & ~Form.notInFile, &numbers), numbers.isAtEnd else { return nil }
        self.init(layout, isInFile: first & Form.notInFile == 0)
    }

    private static func layout(_ form: UInt8, _ numbers: inout NumberReader) -> Layout? {
        switch form {
        case Form.native:
            guard let start = numbers.next(), let bits = numbers.next(), let count = numbers.next(),
                bits > 0, isAddressable(start, bits, count)
            else { return nil }
            return .native(start: start, bitsPerFrame: bits, count: count)
        case Form.oneFragment:
            return numbers.fragments().map { .encapsulated(fragments: $0, firsts: Array(0...$0.count)) }
        case Form.severalFragments:
            guard let fragments = numbers.fragments(), let firsts = numbers.firsts(fragments.count) else { return nil }
            return .encapsulated(fragments: fragments, firsts: firsts)
        default: return nil
        }
    }

    /// The last frame ends where an `Int` can point to.
    static func isAddressable(_ start: Int, _ bits: Int, _ count: Int) -> Bool {
        let (length, overflow) = bits.multipliedReportingOverflow(by: count)
        return !overflow && length <= Int.max - 8 && !start.addingReportingOverflow(length / 8 + 1).overflow
    }
}

/// Reads the numbers of an encoded frame table.
private struct NumberReader {
    let bytes: [UInt8]
    var place: Int

    var isAtEnd: Bool { place == bytes.count }

    mutating func next() -> Int? {
        var number: UInt64 = 0
        for shift in stride(from: 0, to: 63, by: 7) {
            guard place < bytes.count else { return nil }
            let byte = bytes[place]
            place += 1
            number |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte & 0x80 == 0 { return Int(exactly: number) }
        }
        return nil
    }

    mutating func fragments() -> [Range<Int>]? {
        guard let count = next(), count <= bytes.count, var start = next() else { return nil }
        var fragments: [Range<Int>] = []
        fragments.reserveCapacity(count)
        for _ in 0..<count {
            guard let length = next(), let gap = next() else { return nil }
            let (end, passes) = start.addingReportingOverflow(length)
            let (following, passesToo) = end.addingReportingOverflow(gap)
            guard !passes, !passesToo else { return nil }
            fragments.append(start..<end)
            start = following
        }
        return fragments
    }

    mutating func firsts(_ fragmentCount: Int) -> [Int]? {
        guard let count = next(), count <= bytes.count else { return nil }
        var firsts = [0]
        for _ in 0..<count {
            guard let length = next(), length <= fragmentCount - firsts[firsts.count - 1] else { return nil }
            firsts.append(firsts[firsts.count - 1] + length)
        }
        return firsts.last == fragmentCount ? firsts : nil
    }
}
