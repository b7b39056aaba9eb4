import DICOM

/// Whether two files hold the same instance: element by element, however each is written.
///
/// Group lengths, padding behind the data set and the File Meta do not count; native values compare in little
/// endian, fragments one by one without the Basic Offset Table. Values stay in the files and are read in pieces.
struct ContentComparison {
    /// A file's header, and where the values are that the header leaves there.
    struct Side {
        let file: DICOMFile
        let source: any ByteSource

        func read(_ offset: Int, _ count: Int) throws -> [UInt8] {
            try file.valueSource(source).read(at: offset, count: count)
        }
    }

    let left: Side
    let right: Side

    static func isSame(_ left: Side, _ right: Side) throws -> Bool {
        try ContentComparison(left: left, right: right).isSame(left.file.dataSet, right.file.dataSet)
    }

    private func isSame(_ left: DataSet, _ right: DataSet) throws -> Bool {
        let (lefts, rights) = (left.elements.filter(Self.counts), right.elements.filter(Self.counts))
        guard lefts.count == rights.count else { return false }
        for (one, other) in zip(lefts, rights) {
            guard one.tag == other.tag, try isSame(one, other) else { return false }
        }
        return true
    }

    static func counts(_ element: DataElement) -> Bool {
        element.tag.element != 0 && element.tag != Tag(0xFFFC, 0xFFFC)
    }

    func isSame(_ one: DataElement, _ other: DataElement) throws -> Bool {
        switch (one.value, other.value) {
        case (.items(let ones), .items(let others)):
            guard ones.count == others.count else { return false }
            for (item, otherItem) in zip(ones, others) where try !isSame(item, otherItem) { return false }
            return true
        case (.fragments(let ones), .fragments(let others)):
            guard ones.count == others.count else { return false }
            for (range, otherRange) in zip(ones, others).dropFirst() {
                let (one, other) = (Piece(range), Piece(otherRange))
                guard try isSame(one, other, unit: 1) else { return false }
            }
            return true
        case (.items, _), (_, .items), (.fragments, _), (_, .fragments): return false
        default:
            let (piece, otherPiece) = (Piece(one.value), Piece(other.value))
            if Self.texts.contains(one.vr), case .bytes(let text) = piece, case .bytes(let otherText) = otherPiece {
                return Self.unpadded(text) == Self.unpadded(otherText)
            }
            return try isSame(piece, otherPiece, unit: max(Self.unit(one.vr), Self.unit(other.vr)))
        }
    }

    /// A value in memory, or where it is in the file.
    private enum Piece {
        case bytes([UInt8])
        case stored(Range<Int>)

        init(_ range: Range<Int>) { self = .stored(range) }

        init(_ value: Value) {
            switch value {
            case .bytes(let bytes): self = .bytes(bytes)
            case .deferred(let offset, let length): self = .stored(offset..<max(offset, offset &+ length))
            case .items, .fragments: self = .bytes([])
            }
        }

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .stored(let range): range.count
            }
        }
    }

    private func isSame(_ one: Piece, _ other: Piece, unit: Int) throws -> Bool {
        let step = 1 << 18
        let longest = max(one.count, other.count)
        guard longest - min(one.count, other.count) <= 1 else { return false }
        for offset in stride(from: 0, to: longest, by: step) {
            let first = try read(one, offset, step, unit, left)
            let second = try read(other, offset, step, unit, right)
            // One byte may be there that only makes a length even.
            let isPadded = one.count != other.count && offset + step >= longest
            guard isPadded ? Self.unpadded(first) == Self.unpadded(second) : first == second else { return false }
        }
        return true
    }

    private func read(_ piece: Piece, _ offset: Int, _ count: Int, _ unit: Int, _ side: Side) throws -> [UInt8] {
        let length = min(count, max(0, piece.count - offset))
        switch piece {
        case .bytes(let bytes): return Array(bytes.dropFirst(offset).prefix(length))
        case .stored(let range):
            let bytes = try side.read(range.lowerBound + offset, length)
            return side.file.transferSyntax.isLittleEndian ? bytes : Self.swapped(bytes, unit)
        }
    }

    private static func swapped(_ bytes: [UInt8], _ unit: Int) -> [UInt8] {
        guard unit > 1, bytes.count.isMultiple(of: unit) else { return bytes }
        var swapped = bytes
        for start in stride(from: 0, to: bytes.count, by: unit) { swapped[start..<(start + unit)].reverse() }
        return swapped
    }

    /// Without the one byte that makes a length even.
    private static func unpadded(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes.last == 0 || bytes.last == 0x20 ? bytes.dropLast() : bytes[...]
    }

    private static let texts: Set<VR> = [
        .AE, .AS, .CS, .DA, .DS, .DT, .IS, .LO, .LT, .PN, .SH, .ST, .TM, .UC, .UI, .UR, .UT,
    ]

    /// How many bytes of a value turn round in big endian (PS3.5 §7.3).
    private static func unit(_ vr: VR) -> Int {
        switch vr {
        case .US, .SS, .OW, .AT: 2
        case .UL, .SL, .FL, .OF, .OL: 4
        case .FD, .OD, .SV, .UV, .OV: 8
        default: 1
        }
    }
}
