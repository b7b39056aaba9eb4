import Testing

@testable import DICOM

/// Files damaged at random places, the same ones at each run.
struct MutationTests {
    /// A generator whose numbers are the same on every machine (Marsaglia's xorshift).
    private struct Xorshift: RandomNumberGenerator {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    private static let lengths = [0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF].map { UInt8($0) }

    private static func sample(_ syntax: TransferSyntax) throws -> [UInt8] {
        var item = DataSet()
        item.set(.codeValue, text: "A1")
        item.set(Tag(0x0009, 0x1001), items: [item, DataSet()])
        var dataSet = DataSet()
        dataSet.set(.specificCharacterSet, text: "", "ISO 2022 IR 87")
        dataSet.set(.sopInstanceUID, text: "1.2.3")
        dataSet.set(.procedureCodeSequence, items: [item, item])
        dataSet.set(.patientName, .PN, bytes: Bytes.hex("413d1b24423b3345441b28425e1b244242404f3a1b2842"))
        dataSet.set(.numberOfFrames, text: "2")
        dataSet.set(.rows, number: 4)
        dataSet.set(.columns, number: 4)
        dataSet.set(.bitsAllocated, number: 8)
        dataSet.set(.windowCenter, text: "1.5", "2")
        let native = try DataSetWriter.bytes(dataSet, syntax: syntax)
        if syntax.isEncapsulated {
            return Bytes.file(
                native + Bytes.encapsulated([[1, 2], [0xFF, 0xD8], [3, 4]], offsets: [0, 10]), syntax)
        }
        dataSet.set(.pixelData, .OB, bytes: [UInt8](repeating: 1, count: 32))
        return Bytes.file(try DataSetWriter.bytes(dataSet, syntax: syntax), syntax)
    }

    @Test(arguments: [
        TransferSyntax.explicitVRLittleEndian, .implicitVRLittleEndian, .explicitVRBigEndian, .jpegBaseline,
        .deflatedExplicitVRLittleEndian,
    ])
    func aDamagedFileIsReadOrRefused(syntax: TransferSyntax) throws {
        let whole = try Self.sample(syntax)
        var random = Xorshift()
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 128..<bytes.count, using: &random)
                bytes[place] =
                    Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random) : Self.lengths.randomElement(using: &random) ?? 0
            }
            guard let file = try? Bytes.read(bytes) else { continue }
            let source = file.valueSource(BytesSource(bytes))
            let json = DICOMJSON.encode(file.dataSet) { $0 }
            #expect(throws: Never.self) { try DICOMJSON.decode(json) { _ in .bytes([]) } }
            for frame in 0..<min(file.frames.count, 10) {
                for range in file.frames.ranges(of: frame) { #expect(range.upperBound <= source.count) }
            }
            _ = try? DataSetWriter.bytes(file.dataSet, syntax: .explicitVRBigEndian, source: source)
        }
    }
}
