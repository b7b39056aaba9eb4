import Testing

@testable import DICOMImage

@Suite struct NativeFrameTests {
    private func samples(
        _ bytes: [UInt8], _ description: PixelDescription, littleEndian: Bool = true
    ) throws -> [UInt8] {
        try NativeFrame.samples(bytes, description, isLittleEndian: littleEndian, bitOffset: 0)
    }

    @Test func turnsBigEndianSamplesRound() throws {
        let words = try PixelDescription(rows: 1, columns: 2, bitsAllocated: 16)
        #expect(try samples([1, 2, 3, 4], words, littleEndian: false) == [2, 1, 4, 3])
        let longs = try PixelDescription(rows: 1, columns: 1, bitsAllocated: 32)
        #expect(try samples([1, 2, 3, 4], longs, littleEndian: false) == [4, 3, 2, 1])
    }

    @Test func turnsBytesInBigEndianWordsRound() throws {
        let bytes = try PixelDescription(rows: 1, columns: 2, bitsAllocated: 8)
        #expect(try samples([1, 2], bytes, littleEndian: false) == [1, 2])
        let words = try PixelDescription(rows: 1, columns: 2, bitsAllocated: 8, isWordOriented: true)
        #expect(try samples([1, 2], words, littleEndian: false) == [2, 1])
    }

    @Test func bringsPlanesTogether() throws {
        let description = try PixelDescription(
            rows: 1, columns: 2, samplesPerPixel: 3, bitsAllocated: 8, photometric: .rgb, isPlanar: true)
        #expect(try samples([1, 2, 3, 4, 5, 6], description) == [1, 3, 5, 2, 4, 6])
    }

    @Test func spreadsSubsampledColour() throws {
        let description = try PixelDescription(
            rows: 1, columns: 3, samplesPerPixel: 3, bitsAllocated: 8, photometric: .ybrFull422)
        let stored: [UInt8] = [10, 20, 30, 40, 50, 60, 70, 80]
        #expect(try samples(stored, description) == [10, 30, 40, 20, 30, 40, 50, 70, 80])
    }

    @Test func dropsPaddingAndRefusesShortFrames() throws {
        let description = try PixelDescription(rows: 1, columns: 3, bitsAllocated: 8)
        #expect(try samples([1, 2, 3, 0], description) == [1, 2, 3])
        for count in 0..<3 {
            #expect(throws: ImageError.self) { try samples(Array(repeating: 0, count: count), description) }
        }
    }

    @Test func cutsFramesOfSingleBits() throws {
        let description = try PixelDescription(rows: 1, columns: 5, bitsAllocated: 1, frameCount: 3)
        let value: [UInt8] = [0b111_10101, 0b1_00001_00]  // frames 10101, 11100, 10000 with the lowest bit first
        #expect(try SingleBits.frame(0, of: value, description) == [0b10101])
        #expect(try SingleBits.frame(1, of: value, description) == [0b00111])
        #expect(try SingleBits.frame(2, of: value, description) == [0b00001])
        #expect(throws: ImageError.self) { try SingleBits.frame(3, of: value, description) }
        #expect(throws: ImageError.self) { try SingleBits.frame(1, of: [0xFF], description) }
    }
}
