import Testing

@testable import DICOM

struct MediaStorageDirectoryTests {
    private static func instance(_ number: Int, study: String = "1.2", series: String = "1.2.3") -> DataSet {
        var dataSet = DataSet()
        dataSet.set(.sopClassUID, text: "1.2.840.10008.5.1.4.1.1.2")
        dataSet.set(.sopInstanceUID, text: "\(series).\(number)")
        dataSet.set(.studyInstanceUID, text: study)
        dataSet.set(.seriesInstanceUID, text: series)
        dataSet.set(.patientID, text: "P1")
        dataSet.set(.patientName, text: "Doe^Jane")
        dataSet.set(.studyDate, text: "20200102")
        dataSet.set(.studyTime, text: "101112")
        dataSet.set(.studyID, text: "S")
        dataSet.set(.modality, text: "CT")
        dataSet.set(.seriesNumber, text: "4")
        dataSet.set(.instanceNumber, text: "\(number)")
        dataSet.set(.rows, number: 1)
        return dataSet
    }

    private static func bytes(_ dataSets: [DataSet]) throws -> [UInt8] {
        var directory = MediaStorageDirectory(fileSetUID: UID(known: "1.9"), fileSetID: FileSetID("DISC_1"))
        for (index, dataSet) in dataSets.enumerated() {
            let fileID = try #require(FileID(["DICOM", "I\(index)"]))
            try directory.add(fileID, dataSet, transferSyntax: TransferSyntax.jpegBaseline.uid)
        }
        return try directory.bytes()
    }

    /// The records in the order in which they stand.
    private static func records(_ dataSets: [DataSet]) throws -> [DataSet] {
        try Bytes.read(bytes(dataSets)).dataSet.items(.directoryRecordSequence)
    }

    /// What one reads who follows the offsets: the type of each record with those below it in brackets.
    private static func tree(_ file: [UInt8], at start: Int) throws -> String {
        var (texts, offset): ([String], Int) = ([], start)
        while offset != 0 {
            #expect(Array(file[offset..<offset + 4]) == Bytes.tag(.item))
            let length = (0..<4).reduce(0) { $0 | Int(file[offset + 4 + $1]) << (8 * $1) }
            let record = try Bytes.read(Bytes.file(Array(file[offset + 8..<offset + 8 + length]))).dataSet
            let lower = try tree(file, at: record.int(.offsetOfReferencedLowerLevelDirectoryEntity) ?? -1)
            let fileID = record.strings(.referencedFileID).joined(separator: "/")
            texts.append((record.string(.directoryRecordType) ?? "") + (fileID.isEmpty ? "[\(lower)]" : " " + fileID))
            #expect(record.int(.recordInUseFlag) == 0xFFFF)
            offset = record.int(.offsetOfTheNextDirectoryRecord) ?? -1
        }
        return texts.joined(separator: ", ")
    }

    @Test func theOffsetsLeadToEachFile() throws {
        var protocol1 = Self.instance(9)
        protocol1.set(.sopClassUID, text: "1.2.840.10008.5.1.4.38.1")
        var other = Self.instance(1, study: "1.4", series: "1.4.1")
        other.set(.patientID, text: "P2")
        let dataSets = [
            Self.instance(1), Self.instance(2), other, protocol1, Self.instance(1, series: "1.2.5"), Self.instance(3),
            Self.instance(1, study: "1.3", series: "1.3.1"),
        ]
        let bytes = try Self.bytes(dataSets)
        let root = try Bytes.read(bytes).dataSet
        let start = try #require(root.int(.offsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity))
        #expect(
            try Self.tree(bytes, at: start) == """
                PATIENT[STUDY[SERIES[IMAGE DICOM/I0, IMAGE DICOM/I1, IMAGE DICOM/I5], SERIES[IMAGE DICOM/I4]], \
                STUDY[SERIES[IMAGE DICOM/I6]]], PATIENT[STUDY[SERIES[IMAGE DICOM/I2]]], HANGING PROTOCOL DICOM/I3
                """)
        let last = try #require(root.int(.offsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity))
        #expect(try Self.tree(bytes, at: last) == "HANGING PROTOCOL DICOM/I3")
    }

    @Test func theFileIsABasicDirectory() throws {
        let file = try Bytes.read(Self.bytes([]))
        #expect(file.meta.string(.mediaStorageSOPClassUID) == "1.2.840.10008.1.3.10")
        #expect(file.meta.string(.mediaStorageSOPInstanceUID) == "1.9")
        #expect(file.transferSyntax == .explicitVRLittleEndian)
        #expect(file.dataSet.string(.fileSetID) == "DISC_1")
        #expect(file.dataSet.int(.fileSetConsistencyFlag) == 0)
        #expect(file.dataSet.int(.offsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity) == 0)
        #expect(file.dataSet.items(.directoryRecordSequence).isEmpty)
    }

    @Test func aRecordNamesItsFile() throws {
        let record = try #require(try Self.records([Self.instance(7)]).last)
        #expect(record.strings(.referencedFileID) == ["DICOM", "I0"])
        #expect(record.string(.referencedSOPClassUIDInFile) == "1.2.840.10008.5.1.4.1.1.2")
        #expect(record.string(.referencedSOPInstanceUIDInFile) == "1.2.3.7")
        #expect(record.string(.referencedTransferSyntaxUIDInFile) == TransferSyntax.jpegBaseline.uid.text)
        #expect(record.int(.instanceNumber) == 7)
    }

    @Test func noTwoPatientsHaveTheSameID() throws {
        func patient(_ id: String, issuer: String = "", name: String, study: String) -> DataSet {
            var dataSet = Self.instance(1, study: study, series: study + ".1")
            dataSet.set(.patientID, text: id)
            dataSet.set(.issuerOfPatientID, text: issuer)
            dataSet.set(.patientName, text: name)
            return dataSet
        }
        let records = try Self.records([
            patient("1", name: "A", study: "1.1"), patient("1", name: "a", study: "1.2"),
            patient("1", issuer: "X", name: "B", study: "1.3"), patient("", name: "C", study: "1.4"),
            patient("", name: "D", study: "1.5"), patient("", name: "C", study: "1.6"),
            patient("2", name: "E", study: "1.1"),  // of a study that has a patient
        ])
        let patients = records.filter { $0.string(.directoryRecordType) == "PATIENT" }
        #expect(patients.map { $0.string(.patientID) } == ["1", "1 (2)", "NO ID 1", "NO ID 2"])
        #expect(patients.map { $0.string(.patientName) } == ["A", "B", "C", "D"])
        #expect(records.count { $0.string(.directoryRecordType) == "STUDY" } == 6)
    }

    @Test(arguments: [Tag.sopClassUID, .sopInstanceUID, .studyInstanceUID, .seriesInstanceUID])
    func whatNothingCanStandForIsRequired(tag: Tag) {
        var dataSet = Self.instance(1)
        dataSet.remove(tag)
        #expect(throws: DICOMError.notEncodable(tag, "a directory record needs it")) { try Self.bytes([dataSet]) }
    }

    @Test(arguments: [
        ([], false), (["A"], true), (["DICOM", "S0000001", "I_000001"], true), (["A", ""], false), (["a"], false),
        (["ABCDEFGHI"], false), (["A.DCM"], false), (["É"], false), (Array(repeating: "A", count: 9), false),
    ])
    func aFileIDHasShortPlainComponents(components: [String], isAllowed: Bool) {
        #expect((FileID(components) != nil) == isAllowed)
    }

    @Test(arguments: [("", false), ("DISC_1", true), ("A23456789B123456", true), ("A23456789B1234567", false)])
    func aFileSetIDIsShort(text: String, isAllowed: Bool) {
        #expect((FileSetID(text) != nil) == isAllowed)
    }
}
