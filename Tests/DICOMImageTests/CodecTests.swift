import Testing

@testable import DICOMImage

/// Small frames that DCMTK's and OpenJPEG's encoders made of gradients computed here again.
@Suite struct CodecTests {
    struct Golden: CustomTestStringConvertible, Sendable {
        let name: String
        let stream: [UInt8]
        let bits: Int
        let precision: Int
        let columns: Int
        let rows: Int
        let isExact: Bool
        let sample: @Sendable (_ x: Int, _ y: Int) -> Int

        init(
            _ name: String, _ text: String, bits: Int, precision: Int, columns: Int = 5, rows: Int = 4,
            isExact: Bool = true, sample: @escaping @Sendable (Int, Int) -> Int
        ) {
            (self.name, stream, self.bits, self.precision) = (name, Base64.bytes(text), bits, precision)
            (self.columns, self.rows, self.isExact, self.sample) = (columns, rows, isExact, sample)
        }

        var testDescription: String { name }

        func description(isSigned: Bool = false) throws -> PixelDescription {
            try PixelDescription(
                rows: rows, columns: columns, bitsAllocated: bits, bitsStored: precision, isSigned: isSigned)
        }

        func decode(_ bytes: [UInt8], isSigned: Bool = false) throws -> [UInt8] {
            let description = try description(isSigned: isSigned)
            return name.hasPrefix("JPEG 2000")
                ? try JPEG2000Codec.samples(bytes, description) : try JPEGCodec.samples(bytes, description)
        }
    }

    static let goldens = [
        Golden(
            "JPEG lossless, 16 bits",
            """
            /9j/4AAQSkZJRgABAQAAAQABAAD/wwALEAAEAAUBAREA/8QAFgABAQEAAAAAAAAAAAAAAAAADgwQ/9oACAEBAAEAAMjKEZQjKEZRXcoyhGUI
            yhGUV3KMoRlCMoRlFdyjKEZQjKEZR///2Q==
            """, bits: 16, precision: 16
        ) { ($0 * 9000 + $1 * 3001) % 65_536 },
        Golden(
            "JPEG lossless, 12 bits",
            """
            /9j/4AAQSkZJRgABAQAAAQABAAD/wwALDAAEAAUBAREA/8QAFgABAQEAAAAAAAAAAAAAAAAACgkM/9oACAEBAAEAAM/+4RwjhHCUtcI4
            RwjhKWuEcI4THB0tcI4RwmOD/9k=
            """, bits: 16, precision: 12
        ) { ($0 * 900 + $1 * 301) % 4096 },
        Golden(
            "JPEG lossless, 8 bits",
            """
            /9j/4AAQSkZJRgABAQAAAQABAAD/wwALCAAEAAUBAREA/8QAFgABAQEAAAAAAAAAAAAAAAAABgQI/9oACAEBAAEAAM/smTJlayZMmVrJkyZW
            smTJl///2Q==
            """, bits: 8, precision: 8
        ) { ($0 * 50 + $1 * 13) % 256 },
        Golden(
            "JPEG extended, 12 bits",
            """
            /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQIBAQEBAQIBAQECAgICAgICAgIDAwQDAwMDAwICAwQDAwQEBAQEAgMF
            BQQEBQQEBAT/wQALDAAEAAUBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAADP/EACUQAAAADQUAAAAAAAAAAAAAAAcICQoLDA0WFxgZGhscJys4
            Of/aAAgBAQAAPwAUClGFvsWYlmtagoM+d0U0lVcLxmhr9vJaca0ZfpFy5Lt0RcDC6jb7tEeB7ZfJfK7JVXqzCyIM024b8OQDh0P/2Q==
            """, bits: 16, precision: 12, isExact: false
        ) { ($0 * 900 + $1 * 301) % 4096 },
        Golden(
            "JPEG-LS, 16 bits",
            """
            /9j/9wALEAAEAAUBAREA//gADQH//wASAEMBFABA/9oACAEBAAAAAIAAGTwAAZPJk0mSwdyB3I9wXbgdyXbF2pdoXZj3BdkXYl2BdeXbgP//
            2Q==
            """, bits: 16, precision: 16
        ) { ($0 * 9000 + $1 * 3001) % 65_536 },
        Golden(
            "JPEG 2000, 14 bits",
            """
            /0//UQApAAAAAAAgAAAAIAAAAAAAAAAAAAAAIAAAACAAAAAAAAAAAAABDQEB/1IADAAAAAEABQQEAAH/XAATQHB4eIB4eIB4eIB4eIB4eID/
            ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjL/kAAKAAAAAAC+AAH/k8/8AAwHLH/P/BgOAA+EEALAHwHH/gATAAOhgAz/
            Scoa3magPwmev8P8DEAA6IARYitDrzmRn/cSVNV5rz5EEpn9KeAK2l0MdngXw/wWwAHwihcpjKfYe51iAdSrgGEaBJJ6WjD8K26+cdyn8CQA
            fRGWGLW7BHqkBz1gi1uvmwDUxuGhw/wQwADooCFsFU4JVF1GbaAABhIS/l06AAGEhL8DDgAAwkGyNcJCX2dqquU//9k=
            """, bits: 16, precision: 14, columns: 32, rows: 32
        ) { $0 / 8 * 5000 + $1 / 16 * 7 },
    ]

    private func numbers(_ bytes: [UInt8], bits: Int) -> [Int] {
        let width = bits / 8
        return (0..<bytes.count / width).map { index in
            (0..<width).reduce(0) { $0 | Int(bytes[index * width + $1]) << ($1 * 8) }
        }
    }

    @Test(arguments: goldens)
    func decodesWhatAnotherEncoderWrote(_ golden: Golden) throws {
        let decoded = numbers(try golden.decode(golden.stream), bits: golden.bits)
        let expected = (0..<golden.rows).flatMap { y in (0..<golden.columns).map { golden.sample($0, y) } }
        #expect(decoded.count == expected.count)
        let tolerance = golden.isExact ? 0 : 40
        #expect(zip(decoded, expected).allSatisfy { abs($0 - $1) <= tolerance })
    }

    @Test(arguments: goldens)
    func throwsAtEveryTruncation(_ golden: Golden) {
        // The last two or three bytes are the end marker and its padding.
        for count in 0..<golden.stream.count - 3 {
            #expect(throws: ImageError.self, "at \(count)") {
                try golden.decode(Array(golden.stream[..<count]))
            }
        }
    }

    @Test(arguments: goldens)
    func survivesEveryFlippedByte(_ golden: Golden) {
        for index in golden.stream.indices {
            for mask in [0x01, 0x80, 0xFF] as [UInt8] {
                var broken = golden.stream
                broken[index] ^= mask
                let decoded = try? golden.decode(broken)
                #expect(decoded == nil || decoded?.count == golden.columns * golden.rows * golden.bits / 8)
            }
        }
    }

    @Test(arguments: goldens)
    func refusesAStreamOfAnotherSize(_ golden: Golden) throws {
        let other = try PixelDescription(
            rows: golden.rows + 1, columns: golden.columns, bitsAllocated: golden.bits)
        #expect(throws: ImageError.self) {
            golden.name.hasPrefix("JPEG 2000")
                ? try JPEG2000Codec.samples(golden.stream, other) : try JPEGCodec.samples(golden.stream, other)
        }
    }

    @Test func stepsOverCommentsBehindTheLastTilePart() throws {
        let golden = try #require(Self.goldens.first { $0.name.hasPrefix("JPEG 2000") })
        let comment: [UInt8] = [0xFF, 0x64, 0, 6, 0, 1, 0x50, 0x50]
        let longer = golden.stream.dropLast(2) + comment + golden.stream.suffix(2)
        #expect(try golden.decode(Array(longer)) == golden.decode(golden.stream))
    }

    @Test func findsAStreamBehindAFewAttributes() throws {
        let golden = try #require(Self.goldens.first)
        #expect(try golden.decode([0x20, 0, 0x10, 0] + golden.stream) == golden.decode(golden.stream))
    }

    @Test func takesPixelsThatWereNeverCompressed() throws {
        let description = try PixelDescription(rows: 2, columns: 2, bitsAllocated: 8)
        #expect(try JPEGCodec.samples([1, 2, 3, 4], description) == [1, 2, 3, 4])
        #expect(throws: ImageError.self) { try JPEGCodec.samples([1, 2, 3], description) }
    }

    @Test func givesSignedSamplesTheirUpperBits() throws {
        let golden = try #require(Self.goldens.first { $0.name == "JPEG lossless, 12 bits" })
        let decoded = numbers(try golden.decode(golden.stream, isSigned: true), bits: 16)
        #expect(decoded[4] == 0x10000 - 496)  // 3600 in twelve bits
        #expect(decoded[0] == 0)
    }
}
