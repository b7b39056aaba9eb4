import DICOM
import Testing

@testable import DICOMImage

/// What is encoded here is decoded here to the same; `Tests/EndToEnd/test_codecs.py` asks other decoders.
@Suite struct FrameEncoderTests {
    struct Layout: CustomTestStringConvertible, Sendable {
        var rows = 5
        var columns = 7
        var samples = 1
        var allocated = 16
        var stored = 12
        var isSigned = false

        var testDescription: String {
            "\(rows) × \(columns) × \(samples), \(stored) of \(allocated) bits\(isSigned ? ", signed" : "")"
        }

        func description() throws -> PixelDescription {
            try PixelDescription(
                rows: rows, columns: columns, samplesPerPixel: samples, bitsAllocated: allocated, bitsStored: stored,
                isSigned: isSigned, photometric: samples == 3 ? .rgb : .monochrome2)
        }

        /// Values over the whole range, runs among them, as the decoder gives them: signs extended.
        func frame() throws -> [UInt8] {
            var state: UInt64 = 0x9E37_79B9_7F4A_7C15
            var value = 0
            return try (0..<description().pixelCount * samples).flatMap { index -> [UInt8] in
                if index % 5 < 2 {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    value = Int(state >> 40) & ((1 << stored) - 1)
                }
                let signed = isSigned && value >> (stored - 1) == 1 ? value - 1 << stored : value
                return (0..<allocated / 8).map { UInt8(truncatingIfNeeded: signed >> (8 * $0)) }
            }
        }
    }

    static let layouts = [
        Layout(), Layout(isSigned: true), Layout(stored: 16), Layout(stored: 16, isSigned: true),
        Layout(allocated: 8, stored: 8), Layout(allocated: 8, stored: 8, isSigned: true), Layout(stored: 8),
        Layout(stored: 7, isSigned: true), Layout(allocated: 8, stored: 1), Layout(rows: 1, columns: 1),
        Layout(rows: 300, columns: 200), Layout(rows: 1, columns: 1000), Layout(samples: 3, allocated: 8, stored: 8),
        Layout(rows: 130, columns: 70, samples: 3, stored: 16),
    ]

    @Test(arguments: layouts, FrameEncoder.lossless)
    func theFrameComesBack(_ layout: Layout, in syntax: TransferSyntax) throws {
        let (description, frame) = (try layout.description(), try layout.frame())
        let encoded = try FrameEncoder.encode(
            frame, description, photometric: description.photometric, syntax: syntax)
        #expect(try FrameDecoder.samples(encoded, description, syntax: syntax) == frame)
    }

    @Test func runLengthsHoldFourBytesASample() throws {
        let description = try PixelDescription(rows: 2, columns: 3, bitsAllocated: 32)
        let frame = (0..<24).map { UInt8($0 / 6) }
        let encoded = try FrameEncoder.encode(
            frame, description, photometric: .monochrome2, syntax: .rleLossless)
        #expect(try RunLengths.samples(encoded, description) == frame)
    }

    /// PS3.5 §G.3.1: a row ends every run, and 128 bytes do.
    @Test func runsEndWithTheRow() throws {
        let description = try PixelDescription(rows: 2, columns: 130, bitsAllocated: 8)
        let encoded = try RunLengths.encode([UInt8](repeating: 9, count: 260), description)
        let row: [UInt8] = [0x81, 9, 1, 9, 9]  // 128 times, then two as they are
        #expect(Array(encoded[RunLengths.headerLength...]) == row + row)
    }

    /// What stands above the stored bits is no pixel (PS3.5 §8.1.1).
    @Test(arguments: [TransferSyntax.jpegLSLossless, .htj2kLossless])
    func unusedBitsDoNotChangeThePixels(syntax: TransferSyntax) throws {
        let description = try PixelDescription(rows: 1, columns: 2, bitsAllocated: 16, bitsStored: 12)
        let encoded = try FrameEncoder.encode(
            [0x34, 0xF2, 0xFF, 0x0F], description, photometric: .monochrome2, syntax: syntax)
        #expect(try FrameDecoder.samples(encoded, description, syntax: syntax) == [0x34, 0x02, 0xFF, 0x0F])
    }

    /// ISO/IEC 15444-1 §A.7.1, as PS3.5 wants it of the RPCL syntax.
    @Test func theHTJ2KHeaderTellsTheLengthOfItsTilePart() throws {
        let layout = Layout(rows: 200, columns: 200)
        let stream = try FrameEncoder.encode(
            layout.frame(), layout.description(), photometric: .monochrome2, syntax: .htj2kLosslessRPCL)
        let place = try #require(stream.indices.first { stream[$0...].starts(with: [0xFF, 0x55, 0, 8, 0, 0x40]) })
        let told = stream[place + 6..<place + 10]
        #expect(stream[(place + 10)...].starts(with: [0xFF, 0x90]))
        #expect(Array(stream[place + 16..<place + 20]) == Array(told))
        #expect(told.reduce(0) { $0 << 8 | Int($1) } == stream.count - (place + 10) - 2)  // up to the end marker
    }

    @Test func jpegIsNearAndSaysSo() throws {
        let description = try PixelDescription(
            rows: 16, columns: 16, samplesPerPixel: 3, bitsAllocated: 8, photometric: .rgb)
        let frame = (0..<16 * 16).flatMap { (pixel: Int) -> [UInt8] in
            [UInt8(pixel % 16 * 10), UInt8(pixel / 16 * 10), 100]
        }
        let encoded = try FrameEncoder.encode(
            frame, description, photometric: .rgb, syntax: .jpegBaseline, quality: 95)
        var decoded = try FrameDecoder.samples(encoded, description, syntax: .jpegBaseline)
        ColourConversion.ybrToRGB(&decoded, full: true)
        #expect(zip(decoded, frame).allSatisfy { abs(Int($0) - Int($1)) <= 12 })
        #expect(FrameEncoder.photometric(.rgb, in: .jpegBaseline) == .ybrFull422)
    }

    @Test(arguments: [
        (TransferSyntax.jpegBaseline, Layout()), (.jpegLSLossless, Layout(allocated: 32, stored: 32)),
        (.htj2kLossless, Layout(allocated: 1, stored: 1)), (.jpeg2000, Layout()),
    ])
    func whatHasNoPlaceIsRefused(syntax: TransferSyntax, layout: Layout) throws {
        let description = try layout.description()
        let frame = [UInt8](repeating: 0, count: description.decodedFrameLength)
        #expect(throws: ImageError.self) {
            try FrameEncoder.encode(frame, description, photometric: .monochrome2, syntax: syntax)
        }
    }
}
