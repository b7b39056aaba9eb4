import DICOM

/// The three tables of a PALETTE COLOR image, brought to 8 bits.
///
/// - SeeAlso: PS3.3 §C.7.6.3.1.5, §C.7.6.3.1.6, §C.7.9.
struct Palette {
    private let first: Int
    private let colours: [(red: UInt8, green: UInt8, blue: UInt8)]

    /// - Throws: ``ImageError/corrupt(_:)`` when a table is absent or of no use.
    init(_ image: DataSet, isSigned: Bool) throws {
        let red = try Self.table(
            image, .redPaletteColorLookupTableDescriptor, .redPaletteColorLookupTableData,
            .segmentedRedPaletteColorLookupTableData, isSigned)
        let green = try Self.table(
            image, .greenPaletteColorLookupTableDescriptor, .greenPaletteColorLookupTableData,
            .segmentedGreenPaletteColorLookupTableData, isSigned)
        let blue = try Self.table(
            image, .bluePaletteColorLookupTableDescriptor, .bluePaletteColorLookupTableData,
            .segmentedBluePaletteColorLookupTableData, isSigned)
        // Some writers announce 16 bits and fill only the lower eight.
        let shift: UInt16 = [red, green, blue].contains { $0.entries.contains { $0 > 255 } } ? 8 : 0
        first = red.first
        let count = max(red.entries.count, green.entries.count, blue.entries.count)
        colours = (0..<count).map { index in
            let value = red.first + index
            return (
                UInt8(truncatingIfNeeded: red[value] >> shift), UInt8(truncatingIfNeeded: green[value] >> shift),
                UInt8(truncatingIfNeeded: blue[value] >> shift)
            )
        }
    }

    /// Three bytes for each stored value; those beyond the tables take the nearest end.
    func colours(of values: StoredValues) throws -> [UInt8] {
        guard values.tableSize != nil else {
            throw ImageError.unsupported("Palette images of more than 16 bits are not supported.")
        }
        let count = values.description.pixelCount
        return [UInt8](unsafeUninitializedCapacity: count &* 3) { pixels, written in
            colours.withUnsafeBufferPointer { colours in
                values.forEachPattern { index, pattern in
                    let place = values.value(ofPattern: pattern) &- first
                    let colour = colours[min(max(place, 0), colours.count &- 1)]
                    pixels[index &* 3] = colour.red
                    pixels[index &* 3 &+ 1] = colour.green
                    pixels[index &* 3 &+ 2] = colour.blue
                }
            }
            written = count &* 3
        }
    }

    private static func table(
        _ image: DataSet, _ descriptor: Tag, _ data: Tag, _ segmented: Tag, _ isSigned: Bool
    ) throws -> LookupTable {
        let numbers = image.ints(descriptor)
        if let bytes = image.bytes(data), let table = LookupTable(descriptor: numbers, data: bytes, isSigned: isSigned)
        {
            return table
        }
        guard let layout = LookupTable.Layout(numbers, isSigned: isSigned), let bytes = image.bytes(segmented),
            let entries = SegmentedTable(words(bytes, bits: layout.bits), count: layout.count)?.entries,
            let table = LookupTable(first: layout.first, entries: entries, bits: layout.bits)
        else { throw ImageError.corrupt("The palette of this image is absent or damaged.") }
        return table
    }

    private static func words(_ bytes: [UInt8], bits: Int) -> [Int] {
        guard bits > 8 else { return bytes.map(Int.init) }
        return (0..<bytes.count / 2).map { Int(bytes[$0 * 2]) | Int(bytes[$0 * 2 + 1]) << 8 }
    }
}
