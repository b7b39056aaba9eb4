import Testing

@testable import DICOMImage

@Suite struct PixelDescriptionTests {
    @Test(arguments: [0, -1, 65_536, Int.max, Int.min])
    func refusesRowsAndColumnsOutsideUS(_ side: Int) {
        #expect(throws: ImageError.self) { try PixelDescription(rows: side, columns: 1, bitsAllocated: 8) }
        #expect(throws: ImageError.self) { try PixelDescription(rows: 1, columns: side, bitsAllocated: 8) }
    }

    @Test(arguments: [0, 7, 12, 64, 65_535, -8, Int.min])
    func refusesBitsThatNoSampleHas(_ bits: Int) {
        #expect(throws: ImageError.self) { try PixelDescription(rows: 1, columns: 1, bitsAllocated: bits) }
    }

    @Test(arguments: [0, 17, -1, Int.min, Int.max])
    func refusesStoredBitsThatDoNotFit(_ stored: Int) {
        #expect(throws: ImageError.self) {
            try PixelDescription(rows: 1, columns: 1, bitsAllocated: 16, bitsStored: stored, highBit: 11)
        }
    }

    @Test(arguments: [(0, 11), (255, 11), (15, 15), (-5, 11), (Int.max, 11)])
    func takesAnImpossibleHighBitForTheUsualOne(_ declared: Int, _ used: Int) throws {
        let description = try PixelDescription(
            rows: 1, columns: 1, bitsAllocated: 16, bitsStored: 12, highBit: declared)
        #expect(description.highBit == used)
    }

    @Test(arguments: [0, 2, 4, 65_535])
    func refusesSamplesThatContradictThePhotometricInterpretation(_ samples: Int) {
        #expect(throws: ImageError.self) {
            try PixelDescription(rows: 1, columns: 1, samplesPerPixel: samples, bitsAllocated: 8)
        }
    }

    @Test(arguments: [0, -3, 2_000_000_000])
    func refusesAbsurdNumbersOfFrames(_ frames: Int) {
        #expect(throws: ImageError.self) {
            try PixelDescription(rows: 1, columns: 1, bitsAllocated: 8, frameCount: frames)
        }
    }

    @Test func refusesAFrameThatNobodyCouldHold() {
        #expect(throws: ImageError.self) { try PixelDescription(rows: 65_535, columns: 65_535, bitsAllocated: 16) }
    }

    @Test func knowsTheLengthsOfItsFrames() throws {
        let bits = try PixelDescription(rows: 3, columns: 3, bitsAllocated: 1, frameCount: 3)
        #expect((bits.nativeFrameLength, bits.decodedFrameLength) == (2, 9))
        let place = try #require(bits.nativePlace(ofFrame: 2))
        #expect((place.bytes, place.bitOffset) == (2..<4, 2))
        #expect(bits.nativePlace(ofFrame: 3) == nil)
        let colour = try PixelDescription(
            rows: 2, columns: 4, samplesPerPixel: 3, bitsAllocated: 8, photometric: .ybrFull422)
        #expect((colour.nativeFrameLength, colour.decodedFrameLength) == (16, 24))
    }
}
