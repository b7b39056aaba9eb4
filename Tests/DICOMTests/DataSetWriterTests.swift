import Testing

@testable import DICOM

struct DataSetWriterTests {
    private static func sample() -> DataSet {
        var code = DataSet()
        code.set(.codeValue, text: "A1")
        var dataSet = DataSet()
        dataSet.set(.sopInstanceUID, text: "1.2.3")
        dataSet.set(.procedureCodeSequence, items: [code])
        dataSet.set(.patientName, text: "A^B")
        dataSet.set(.rows, number: 512)
        dataSet.set(.rescaleSlope, text: "1.5")
        return dataSet
    }

    @Test func explicitLittleEndianIsWrittenByteForByte() throws {
        let bytes = try DataSetWriter.bytes(Self.sample(), syntax: .explicitVRLittleEndian)
        #expect(
            bytes
                == Bytes.hex(
                    """
                    0800 1800 5549 0600 312e322e3300
                    0800 3210 5351 0000 12000000 feff 00e0 0a000000 0800 0001 5348 0200 4131
                    1000 1000 504e 0400 415e4220
                    2800 1000 5553 0200 0002
                    2800 5310 4453 0400 312e3520
                    """))
    }

    @Test func implicitLittleEndianAndBigEndianAreWrittenByteForByte() throws {
        var dataSet = DataSet()
        dataSet.set(.rows, number: 512)
        dataSet.set(.procedureCodeSequence, items: [DataSet()])
        let implicit = try DataSetWriter.bytes(dataSet, syntax: .implicitVRLittleEndian)
        #expect(implicit == Bytes.hex("0800 3210 08000000 feff 00e0 00000000 2800 1000 02000000 0002"))
        let big = try DataSetWriter.bytes(dataSet, syntax: .explicitVRBigEndian)
        #expect(big == Bytes.hex("0008 1032 5351 0000 00000008 fffe e000 00000000 0028 0010 5553 0002 0200"))
    }

    @Test(arguments: [
        TransferSyntax.explicitVRLittleEndian, .implicitVRLittleEndian, .explicitVRBigEndian,
        .deflatedExplicitVRLittleEndian,
    ])
    func whatIsWrittenReadsBackTheSame(syntax: TransferSyntax) throws {
        let bytes = try DataSetWriter.bytes(Self.sample(), syntax: syntax)
        #expect(try Bytes.read(Bytes.file(bytes, syntax)).dataSet == Self.sample())
    }

    @Test func delimitedSequencesAndFragmentsKeepTheirForm() throws {
        let dataSet =
            Bytes.explicit(.procedureCodeSequence, .SQ, [], length: Bytes.undefined)
            + Bytes.implicit(.item, Bytes.explicit(.codeValue, .SH, "A1"), length: Bytes.undefined) + Bytes.itemEnd
            + Bytes.sequenceEnd + Bytes.encapsulated([[1, 2], [3, 4]], offsets: [0])
        let source = BytesSource(Bytes.file(dataSet, .jpegBaseline))
        let file = try DICOMFile.read(source)
        #expect(try DataSetWriter.bytes(file.dataSet, syntax: .jpegBaseline, source: source) == dataSet)
        #expect(throws: DICOMError.self) { try DataSetWriter.pieces(file.dataSet, syntax: .explicitVRLittleEndian) }
    }

    @Test func aValueTooLongForItsVRBecomesUnknown() throws {
        var dataSet = DataSet()
        dataSet.set(.imageComments, .LO, bytes: [UInt8](repeating: 0x41, count: 65_536))
        let bytes = try DataSetWriter.bytes(dataSet, syntax: .explicitVRLittleEndian)
        #expect(Array(bytes[..<12]) == Bytes.hex("2000 0040 554e 0000 00000100"))
    }

    @Test func anImplicitFileBecomesAHeadAndARangeOfItself() throws {
        let pixels = [UInt8](repeating: 7, count: 100_000)
        let head = Bytes.implicit(.sopInstanceUID, Array("1.2.3\0".utf8)) + Bytes.implicit(.rows, [0, 2])
        let source = BytesSource(Bytes.file(head + Bytes.implicit(.pixelData, pixels), .implicitVRLittleEndian))
        let pieces = try DataSetWriter.pieces(DICOMFile.read(source), syntax: .explicitVRLittleEndian)
        #expect(pieces.last == .source(source.count - 100_000..<source.count))
        #expect(pieces.dropLast().allSatisfy { if case .bytes = $0 { true } else { false } })
        let converted = try pieces.flatMap { try $0.bytes(from: source) }
        let file = try Bytes.read(converted)
        #expect(file.transferSyntax == .explicitVRLittleEndian && file.dataSet.int(.rows) == 512)
        #expect(Array(converted.suffix(100_000)) == pixels)
    }

    @Test func wordsLeftInABigEndianSourceAreTurnedAround() throws {
        var dataSet = DataSet()
        dataSet.set(.pixelData, .OW, bytes: [1, 2, 3, 4])
        let source = BytesSource(
            Bytes.file(try DataSetWriter.bytes(dataSet, syntax: .explicitVRBigEndian), .explicitVRBigEndian))
        #expect(Array(source.bytes.suffix(4)) == [2, 1, 4, 3])
        let file = try DICOMFile.read(source)
        let little = try DataSetWriter.bytes(file.dataSet, syntax: .explicitVRLittleEndian, source: source)
        #expect(Array(little.suffix(4)) == [1, 2, 3, 4])
        let (element, holder) = try #require(file.dataSet.element(at: "7FE00010"))
        #expect(try holder.value(of: element, from: source) == [1, 2, 3, 4])
    }

    @Test func groupLengthsAreLeftOutAndOddValuesPadded() throws {
        let dataSet = DataSet([
            DataElement(Tag(0x0010, 0x0000), .UL, .bytes([9, 0, 0, 0])), DataElement(.patientID, .LO, .bytes([0x41])),
            DataElement(Tag(0x0011, 0x1001), .OB, .bytes([1])),
        ])
        let bytes = try DataSetWriter.bytes(dataSet, syntax: .explicitVRLittleEndian)
        #expect(bytes == Bytes.hex("1000 2000 4c4f 0200 4120 1100 0110 4f42 0000 02000000 0100"))
    }

    @Test func theFileMetaIsThatOfPS310() throws {
        let bytes = FileMeta.bytes(
            sopClass: "1.2", sopInstance: "1.2.3", transferSyntax: "1.2.840.10008.1.2",
            sourceAE: "A TITLE THAT IS TOO LONG")
        let meta = try Bytes.read(bytes).meta
        #expect(meta.int(.fileMetaInformationGroupLength) == bytes.count - 144)
        #expect(meta.bytes(.fileMetaInformationVersion) == [0, 1])
        #expect(meta.uid(.mediaStorageSOPInstanceUID)?.text == "1.2.3")
        #expect(meta.uid(.implementationClassUID)?.text == FileMeta.implementationClassUID)
        #expect(meta.string(.sourceApplicationEntityTitle) == "A TITLE THAT IS")
        #expect(FileMeta.implementationVersionName.utf8.count <= 16)
        #expect(bytes.prefix(128).allSatisfy { $0 == 0 } && bytes.count % 2 == 0)
    }
}
