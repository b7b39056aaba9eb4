import Testing

@testable import DICOM

struct FrameTableTests {
    private static func image(
        rows: Int = 2, columns: Int = 3, bits: Int = 8, frames: Int = 1, samples: Int = 1,
        photometric: String = "MONOCHROME2"
    ) -> [UInt8] {
        Bytes.explicit(.samplesPerPixel, .US, Bytes.word16(samples))
            + Bytes.explicit(.photometricInterpretation, .CS, photometric)
            + Bytes.explicit(.numberOfFrames, .IS, frames < 10 ? "\(frames) " : "\(frames)")
            + Bytes.explicit(.rows, .US, Bytes.word16(rows)) + Bytes.explicit(.columns, .US, Bytes.word16(columns))
            + Bytes.explicit(.bitsAllocated, .US, Bytes.word16(bits))
    }

    private static func native(_ head: [UInt8], length: Int) throws -> (frames: [[Range<Int>]], start: Int) {
        let bytes = Bytes.file(head + Bytes.explicit(.pixelData, .OB, [UInt8](repeating: 0, count: length)))
        let table = try Bytes.read(bytes).frames
        return ((0..<table.count).map(table.ranges), bytes.count - length)
    }

    @Test func nativeFramesFollowEachOther() throws {
        let (frames, start) = try Self.native(Self.image(bits: 16, frames: 2), length: 24)
        #expect(frames == [[start..<start + 12], [start + 12..<start + 24]])
    }

    @Test func singleBitsRunOnFromFrameToFrame() throws {
        let (frames, start) = try Self.native(Self.image(rows: 3, columns: 3, bits: 1, frames: 3), length: 4)
        #expect(frames == [[start..<start + 2], [start + 1..<start + 3], [start + 2..<start + 4]])
    }

    @Test func subsampledChromaTakesTwoThirds() throws {
        let head = Self.image(rows: 2, columns: 4, samples: 3, photometric: "YBR_FULL_422")
        let (frames, start) = try Self.native(head, length: 16)
        #expect(frames == [[start..<start + 16]])
    }

    @Test func framesThatDoNotFitDoNotExist() throws {
        #expect(try Self.native(Self.image(frames: 2_000_000_000), length: 14).frames.count == 2)
        #expect(try Self.native(Self.image(rows: 65_535, columns: 65_535), length: 14).frames.isEmpty)
        #expect(try Self.native(Self.image(bits: 0), length: 14).frames.isEmpty)
        #expect(try Self.native(Self.image(samples: 65_535), length: 14).frames.isEmpty)
    }

    private static let jpeg: [UInt8] = [0xFF, 0xD8, 1, 2]
    private static let rest: [UInt8] = [3, 4]

    /// The bytes of each frame.
    private static func encapsulated(
        _ frames: Int, _ pixels: [UInt8], tables: [UInt8] = [], _ syntax: TransferSyntax = .jpegBaseline
    ) throws -> [[UInt8]] {
        let bytes = Bytes.file(image(frames: frames) + tables + pixels, syntax)
        let table = try Bytes.read(bytes).frames
        return (0..<table.count).map { frame in table.ranges(of: frame).flatMap { bytes[$0] } }
    }

    @Test func theBasicOffsetTableTellsTheFrames() throws {
        let pixels = Bytes.encapsulated([Self.rest, Self.jpeg, Self.rest], offsets: [0, 22])
        #expect(try Self.encapsulated(2, pixels) == [Self.rest + Self.jpeg, Self.rest])
    }

    @Test func theExtendedOffsetTableTellsTheFrames() throws {
        let tables = Bytes.explicit(.extendedOffsetTable, .OV, Bytes.hex("0000000000000000 0a00000000000000"))
        let pixels = Bytes.encapsulated([Self.rest, Self.rest, Self.jpeg])
        #expect(try Self.encapsulated(2, pixels, tables: tables) == [Self.rest, Self.rest + Self.jpeg])
    }

    @Test func withoutATableEachFragmentIsAFrame() throws {
        let pixels = Bytes.encapsulated([Self.rest, Self.jpeg])
        #expect(try Self.encapsulated(2, pixels, .rleLossless) == [Self.rest, Self.jpeg])
        #expect(try Self.encapsulated(3, pixels, .rleLossless) == [Self.rest, Self.jpeg])
    }

    @Test func allFragmentsAreTheOneFrame() throws {
        let pixels = Bytes.encapsulated([Self.rest, Self.jpeg])
        #expect(try Self.encapsulated(1, pixels) == [Self.rest + Self.jpeg])
    }

    @Test func withoutATableTheMarksOfTheCodecTellTheFrames() throws {
        let pixels = Bytes.encapsulated([Self.jpeg, Self.rest, Self.jpeg, Self.rest, Self.rest])
        #expect(try Self.encapsulated(2, pixels) == [Self.jpeg + Self.rest, Self.jpeg + Self.rest + Self.rest])
        #expect(try Self.encapsulated(3, pixels).isEmpty)
        #expect(try Self.encapsulated(2, pixels, .rleLossless).isEmpty)
    }

    @Test(arguments: [[0, 9], [4, 10], [10, 0], [0, 0], [0, 4_000_000_000], [0]])
    func aLyingTableIsNotBelieved(offsets: [Int]) throws {
        let pixels = Bytes.encapsulated([Self.rest, Self.jpeg], offsets: offsets)
        #expect(try Self.encapsulated(2, pixels) == [Self.rest, Self.jpeg])
    }

    @Test func anOffsetBetweenTwoFragmentsIsNotBelieved() throws {
        let pixels = Bytes.encapsulated([Self.jpeg, Self.rest, Self.jpeg], offsets: [0, 9])
        #expect(try Self.encapsulated(2, pixels) == [Self.jpeg + Self.rest, Self.jpeg])
    }

    private static let tables = [
        FrameTable.none,
        FrameTable(.native(start: 1234, bitsPerFrame: 512 * 512 * 16, count: 1000), isInFile: false),
        FrameTable(
            .encapsulated(fragments: [8..<300, 308..<310, 400..<70_000], firsts: [0, 1, 2, 3]), isInFile: true),
        FrameTable(
            .encapsulated(fragments: [8..<300, 308..<308, 316..<(1 << 40)], firsts: [0, 2, 3]), isInFile: true),
    ]

    @Test(arguments: tables) func theEncodedFormReadsBackTheSame(table: FrameTable) {
        #expect(FrameTable(encoded: table.encoded()) == table)
    }

    @Test(arguments: tables.dropFirst()) func everyTruncationOfTheEncodedFormIsRefused(table: FrameTable) {
        let bytes = table.encoded()
        for length in 1..<bytes.count { #expect(FrameTable(encoded: Array(bytes[..<length])) == nil) }
        #expect(FrameTable(encoded: bytes + [0]) == nil)
    }

    @Test func theEncodedFormIsCompact() {
        let fragments = (0..<1000).map { 1000 + $0 * 20_008..<1000 + $0 * 20_008 + 20_000 }
        let table = FrameTable(.encapsulated(fragments: fragments, firsts: Array(0...1000)), isInFile: true)
        #expect(table.encoded().count < 5000)
    }

    @Test func nonsenseIsNoFrameTable() {
        let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
        for bytes in [[0], [9, 9], [1] + huge + huge + huge, [2] + huge, [2, 1] + huge + huge + huge, [1, 0, 0, 1]] {
            #expect(FrameTable(encoded: bytes) == nil)
        }
    }

    @Test func aFrameThatDoesNotExistHasNoRanges() {
        for table in Self.tables {
            #expect(table.ranges(of: -1).isEmpty && table.ranges(of: table.count).isEmpty)
            #expect(table.ranges(of: .max).isEmpty && table.ranges(of: .min).isEmpty)
        }
    }
}
