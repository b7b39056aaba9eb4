import Crypto
import DICOM
import Testing

@testable import DICOMImage

/// Real files of many writers, decoded and compared with what pydicom 3.0.2 made of them.
@Suite struct CorpusTests {
    /// Where pydicom and we differ, with the reason.
    static let differences: [String: String] = [
        "example3.dcm": "the only frame is cut short; pydicom's plugin fills up with grey, we refuse",
        "genFile.dcm": "pixels that are not compressed behind a JPEG syntax; pydicom's plugin returns unset memory",
        "966.dcm": "a comment behind the last tile-part; pydicom's plugin returns an empty image, we the real one",
        "multiframe.dcm": "the last frame is 55 × 121 instead of 240 × 240",
        "TC0321_encap_empty_bot.dcm": "the stream is zeros between two markers",
        "GH364.dcm": "an item outside a sequence, for which DCMTK refuses the file too",
        "TC0265_depth_100.dcm": "a hundred sequences in each other",
        "TC1157_sq_item_huge_len.dcm": "an item that reaches behind the end of the file",
        "TC0959_jpegls_prec16_ba8.dcm": "the stream has no scan",
        "TC0961_jpegls_truncated.dcm": "the stream has no scan",
    ]

    static let decodable = Corpus.entries.filter { entry in
        entry.decode.ok && differences[entry.name] == nil
    }

    @Test(arguments: decodable)
    func decodesLikePydicom(_ entry: Corpus.Entry) throws {
        let image = try ImageFile(FileSource(path: entry.path))
        let last = max(0, (entry.decode.framesDecoded ?? 1) - 1)
        if entry.decode.exact == true {
            #expect(hash(try image.samples(0), image.description, entry.decode.dtype) == entry.decode.sha256First)
            #expect(hash(try image.samples(last), image.description, entry.decode.dtype) == entry.decode.sha256Last)
        } else if last == 0 {
            let numbers = values(try image.samples(0), image.description).map(Double.init)
            #expect(abs((numbers.min() ?? 0) - (entry.decode.min ?? 0)) <= 2)
            #expect(abs((numbers.max() ?? 0) - (entry.decode.max ?? 0)) <= 2)
            #expect(abs(numbers.reduce(0, +) / Double(numbers.count) - (entry.decode.mean ?? 0)) <= 2)
        } else {
            #expect(try image.samples(last).count == image.description.decodedFrameLength)
        }
    }

    /// Decoding, rendering or a typed error; nothing else.
    @Test(arguments: Corpus.entries.map(\.path) + Corpus.abuse.map(\.path))
    func neverTrapsAndRendersOrSaysWhyNot(_ path: String) throws {
        let begin = ContinuousClock.now
        do {
            let image = try ImageFile(FileSource(path: path))
            let jpeg = try image.jpeg(frame: 0, options: RenderingOptions(size: .init(columns: 128, rows: 128)))
            #expect(jpeg.starts(with: [0xFF, 0xD8]))
        } catch let error as ImageError {
            #expect(!error.description.isEmpty)
        } catch is DICOMError {
        }
        #expect(ContinuousClock.now - begin < .seconds(5))
    }

    private func hash(_ samples: [UInt8], _ description: PixelDescription, _ type: String?) -> String {
        var bytes = samples
        if description.format == .integer, description.bitsAllocated > 8 {
            // pydicom clears the bits above Bits Stored, and narrows some codecs' output.
            let width = type?.hasSuffix("int8") == true ? 1 : description.bytesPerSample
            bytes = values(samples, description).flatMap { value in
                (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
            }
        }
        return SHA256.hash(data: bytes).flatMap { [$0 >> 4, $0 & 15] }.map { String($0, radix: 16) }.joined()
    }

    private func values(_ samples: [UInt8], _ description: PixelDescription) -> [Int] {
        let (width, stored) = (description.bytesPerSample, description.bitsStored)
        return (0..<samples.count / width).map { index in
            let word = (0..<width).reduce(0) { $0 | Int(samples[index * width + $1]) << ($1 * 8) }
            let value = word & ((1 << stored) - 1)
            return description.isSigned && value >> (stored - 1) == 1 ? value - (1 << stored) : value
        }
    }
}
