import Testing

@testable import DICOMImage

@Suite struct RunLengthsTests {
    /// A frame of two segments, each three equal bytes and one other.
    private let frame: [UInt8] = {
        let segment: (UInt8, UInt8) -> [UInt8] = { [0xFE, $0, 0x00, $1] }  // three times the first, then one literal
        let header: [UInt8] = [2, 0, 0, 0, 64, 0, 0, 0, 68, 0, 0, 0] + [UInt8](repeating: 0, count: 52)
        return header + segment(1, 2) + segment(3, 4)
    }()

    @Test func putsTheHighByteLast() throws {
        let description = try PixelDescription(rows: 2, columns: 2, bitsAllocated: 16)
        #expect(try RunLengths.samples(frame, description) == [3, 1, 3, 1, 3, 1, 4, 2])
    }

    @Test func throwsAtEveryTruncation() throws {
        let description = try PixelDescription(rows: 2, columns: 2, bitsAllocated: 16)
        for count in 0..<frame.count {
            #expect(throws: ImageError.self, "at \(count)") {
                try RunLengths.samples(Array(frame[..<count]), description)
            }
        }
    }

    @Test func refusesOffsetsOutsideTheFrame() throws {
        let description = try PixelDescription(rows: 2, columns: 2, bitsAllocated: 16)
        for (place, value) in [(0, 15), (0, 0), (4, 0), (4, 80), (7, 0xFF), (8, 60), (11, 0xFF)] {
            var broken = frame
            broken[place] = UInt8(value)
            #expect(throws: ImageError.self) { try RunLengths.samples(broken, description) }
        }
    }

    @Test func unpacksSingleBits() throws {
        let description = try PixelDescription(rows: 3, columns: 3, bitsAllocated: 1)
        let header: [UInt8] = [1, 0, 0, 0, 64] + [UInt8](repeating: 0, count: 59)
        let samples = try RunLengths.samples(header + [1, 0b0000_0101, 1], description)
        #expect(samples == [1, 0, 1, 0, 0, 0, 0, 0, 1])
    }
}
