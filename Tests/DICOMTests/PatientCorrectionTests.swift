import Testing

@testable import DICOM

struct PatientCorrectionTests {
    private static let identity = PatientIdentity(
        lastName: "Müller", firstName: "Zoë", patientID: "P7", issuer: "", birthDate: "19700203", sex: "U")

    static func correction(_ identity: PatientIdentity = identity) -> PatientCorrection {
        PatientCorrection(
            identity: identity, revision: 4, dateTime: "20260102030405+0000", system: "PORTAL", characterSet: "")
    }

    /// In Latin-1, with an item by somebody else and large pixels behind.
    private static func dataSet() -> DataSet {
        var dataSet = DataSet()
        dataSet.set(.specificCharacterSet, text: "ISO_IR 100")
        dataSet.set(.sopInstanceUID, text: "1.2.3")
        dataSet.set(.studyDescription, text: "Étude")
        dataSet.set(.patientName, text: "Légué^Ève")
        dataSet.set(.patientID, text: "X1")
        dataSet.set(.issuerOfPatientID, text: "ELSEWHERE")
        dataSet.set(.patientSex, text: "F")
        var earlier = DataSet()
        earlier.set(.modifyingSystem, text: "OTHER")
        dataSet.set(.originalAttributesSequence, items: [earlier])
        dataSet.set(.pixelData, .OW, bytes: [UInt8](repeating: 9, count: 200_000))
        return dataSet
    }

    private static func apply(_ correction: PatientCorrection, to dataSet: DataSet) throws -> DataSet {
        try correction.applied(to: dataSet, reading: BytesSource([]))
    }

    @Test func aNameThatFitsIsWrittenByteForByte() throws {
        var dataSet = DataSet()
        dataSet.set(.specificCharacterSet, text: "ISO_IR 100")
        dataSet.set(.patientName, text: "É")
        dataSet.set(.patientID, text: "P7")
        dataSet.set(.patientBirthDate, text: "19700203")
        let corrected = try Self.apply(Self.correction(), to: dataSet)
        #expect(
            try DataSetWriter.bytes(corrected, syntax: .explicitVRLittleEndian)
                == Bytes.hex(
                    """
                    0800 0500 4353 0a00 49534f5f495220313030
                    1000 1000 504e 0a00 4dfc6c6c65725e5a6feb
                    1000 2000 4c4f 0200 5037
                    1000 3000 4441 0800 3139373030323033
                    0004 6105 5351 0000 68000000 feff 00e0 60000000
                    0004 5005 5351 0000 12000000 feff 00e0 0a000000 1000 1000 504e 0200 c920
                    0004 6205 4454 1400 32303236303130323033303430352b3030303020
                    0004 6305 4c4f 0600 504f5254414c
                    0004 6405 4c4f 0000
                    0004 6505 4353 0800 434f525245435420
                    """))
    }

    @Test func formerValuesFollowTheItemsThatAreThere() throws {
        let corrected = try Self.apply(Self.correction(), to: Self.dataSet())
        #expect(corrected.string(.patientName) == "Müller^Zoë" && corrected.string(.patientID) == "P7")
        #expect(corrected.string(.patientBirthDate) == "19700203")
        #expect(corrected[.patientSex]?.isEmpty == true && corrected[.issuerOfPatientID] == nil)
        #expect(
            corrected.string(.studyDescription) == "Étude" && corrected.string(.specificCharacterSet) == "ISO_IR 100")
        let items = corrected.items(.originalAttributesSequence)
        #expect(items.map { $0.string(.modifyingSystem) } == ["OTHER", "PORTAL"])
        let former = try #require(items.last?.items(.modifiedAttributesSequence).first)
        #expect(former.string(.patientName) == "Légué^Ève" && former.string(.issuerOfPatientID) == "ELSEWHERE")
        #expect(former.elements.count == 5 && former[.patientBirthDate]?.isEmpty == true)
    }

    @Test(arguments: ["Σωκράτης", "山田"])
    func aNameThatDoesNotFitTurnsAllTextIntoUTF8(name: String) throws {
        let identity = PatientIdentity(
            lastName: name, firstName: "", patientID: "P7", issuer: "", birthDate: "", sex: "F")
        let corrected = try Self.apply(Self.correction(identity), to: Self.dataSet())
        #expect(corrected.string(.specificCharacterSet) == "ISO_IR 192")
        #expect(corrected.bytes(.patientName).map { String(decoding: $0, as: UTF8.self) }?.hasPrefix(name) == true)
        #expect(corrected.bytes(.studyDescription) == Array("Étude".utf8))
        let former = corrected.items(.originalAttributesSequence)[1].items(.modifiedAttributesSequence)[0]
        #expect(former.bytes(.patientName) == Array("Légué^Ève".utf8))
        #expect(former[.patientSex] == nil)
    }

    @Test func whatSaysTheSameIsNotTouched() throws {
        let once = try Self.apply(Self.correction(), to: Self.dataSet())
        #expect(try Self.apply(Self.correction(), to: once) == once)
        #expect(once.items(.originalAttributesSequence).count == 2)
    }

    /// Only the header is literal: the pixels are the range of the source that they were.
    @Test(arguments: [
        TransferSyntax.explicitVRLittleEndian, .implicitVRLittleEndian, .explicitVRBigEndian,
        .deflatedExplicitVRLittleEndian,
    ])
    func aFileKeepsItsSyntaxAndItsPixels(syntax: TransferSyntax) throws {
        let source = BytesSource(Bytes.file(try DataSetWriter.bytes(Self.dataSet(), syntax: syntax), syntax))
        let file = try DICOMFile.read(source)
        let corrected = try file.corrected(by: Self.correction(), reading: source)
        if !syntax.isDeflated {
            let pieces = try DataSetWriter.pieces(corrected, syntax: syntax)
            #expect(pieces.last == .source(source.count - 200_000..<source.count))
            #expect(pieces.dropLast().reduce(0) { $0 + $1.count } < 2000)
        }
        var bytes: [UInt8] = []
        try DataSetWriter.write(corrected, source, syntax: syntax) { bytes += $0 }
        let again = try DICOMFile.read(BytesSource(bytes))
        #expect(again.transferSyntax == syntax && again.frames.count == file.frames.count)
        let wanted = try Self.apply(Self.correction(), to: file.dataSet)
        #expect(again.dataSet.removing(.pixelData) == wanted.removing(.pixelData))
        let pixels = try #require(again.dataSet[.pixelData])
        let values = again.valueSource(BytesSource(bytes))
        #expect(try again.dataSet.value(of: pixels, from: values) == [UInt8](repeating: 9, count: 200_000))
    }

    @Test func fragmentsStayWhereTheyAre() throws {
        let head = Bytes.explicit(.patientName, .PN, "A^B ")
        let tail = Bytes.encapsulated([[1, 2], [3, 4]], offsets: [0])
        let source = BytesSource(Bytes.file(head + tail, .jpegBaseline))
        let corrected = try DICOMFile.read(source).corrected(by: Self.correction(), reading: source)
        let pieces = try DataSetWriter.pieces(corrected, syntax: .jpegBaseline)
        // From the first item's header to the end of the last fragment.
        #expect(pieces.contains(.source(source.count - tail.count + 12..<source.count - 8)))
        let bytes = try pieces.flatMap { try $0.bytes(from: source) }
        #expect(Array(bytes.suffix(tail.count)) == tail)
        #expect(try Bytes.read(bytes).dataSet.string(.patientName) == "Müller^Zoë")
    }

    /// A file may contradict its syntax; what it is written as stays its own.
    @Test func fragmentsInANativeSyntaxStayThere() throws {
        let tail = Bytes.encapsulated([[1, 2], [3, 4]])
        let source = BytesSource(Bytes.file(Bytes.explicit(.patientName, .PN, "A^B ") + tail))
        let corrected = try DICOMFile.read(source).corrected(by: Self.correction(), reading: source)
        var bytes: [UInt8] = []
        try DataSetWriter.write(corrected, source, syntax: .explicitVRLittleEndian) { bytes += $0 }
        #expect(Array(bytes.suffix(tail.count)) == tail)
    }

    @Test func everyTruncationOfACorrectedFileIsRefusedOrCorrectedAgain() throws {
        var small = Self.dataSet()
        small.remove(.pixelData)
        let source = BytesSource(
            Bytes.file(try DataSetWriter.bytes(small, syntax: .explicitVRLittleEndian), .explicitVRLittleEndian))
        let corrected = try DICOMFile.read(source).corrected(by: Self.correction(), reading: source)
        let bytes = try DataSetWriter.pieces(corrected, syntax: .explicitVRLittleEndian).flatMap {
            try $0.bytes(from: source)
        }
        for length in bytes.indices {
            let cut = BytesSource(Array(bytes[..<length]))
            guard let file = try? DICOMFile.read(cut) else { continue }
            #expect(try file.corrected(by: Self.correction(), reading: cut).dataSet.string(.patientID) == "P7")
        }
    }

    /// Text of more than 64 KiB stays in its file when that is read.
    @Test func longTextIsConvertedToo() throws {
        let report = String(repeating: "é", count: 70_000)
        var dataSet = Self.dataSet()
        dataSet.set(.textValue, .UT, text: report)
        let source = BytesSource(
            Bytes.file(try DataSetWriter.bytes(dataSet, syntax: .explicitVRLittleEndian), .explicitVRLittleEndian))
        let identity = PatientIdentity(
            lastName: "山田", firstName: "", patientID: "", issuer: "", birthDate: "", sex: "")
        let file = try DICOMFile.read(source).corrected(by: Self.correction(identity), reading: source)
        #expect(file.dataSet.string(.textValue) == report)
    }

    @Test func undeclaredTextIsConvertedFromWhatItsSenderWrites() throws {
        let source = BytesSource(
            Bytes.file(Bytes.explicit(.studyDescription, .LO, [0xC1, 0xC2]) + Bytes.explicit(.patientName, .PN, "A ")))
        let file = try DICOMFile.read(source, assuming: SpecificCharacterSet(fallback: "ISO_IR 126"))
        let corrected = try file.corrected(by: Self.correction(), reading: source).dataSet
        #expect(corrected.bytes(.studyDescription) == Array("ΑΒ".utf8))
    }

    @Test func whatWouldSeparateBecomesASpace() {
        let identity = PatientIdentity(
            lastName: " A\\B^C=D\n", firstName: String(repeating: "x", count: 70), patientID: "a\\b", issuer: "",
            birthDate: "", sex: "U")
        #expect(identity.name == "A B C D^" + String(repeating: "x", count: 64))
        #expect(identity.patientID == "a b" && identity.sex == "")
    }
}

extension DataSet {
    fileprivate func removing(_ tag: DICOM.Tag) -> DataSet {
        var rest = self
        rest.remove(tag)
        return rest
    }
}
