import Testing

@testable import DICOM

struct DirectoryRecordTests {
    private static func instance(_ sopClass: String, _ texts: [Tag: String] = [:]) -> DataSet {
        var dataSet = DataSet()
        dataSet.set(.sopClassUID, text: sopClass)
        for (tag, text) in texts { dataSet.set(tag, text: text) }
        return dataSet
    }

    /// The keys of a record and their first values.
    private static func keys(_ type: DirectoryRecordType, _ dataSet: DataSet, number: Int = 5) -> [String] {
        let record = DirectoryRecordKeys.keys(type, of: dataSet, number: number)
        return record.elements.map { "\($0.tag.keyword ?? $0.tag.hex)=\(record.string($0.tag) ?? "")" }
    }

    @Test(arguments: [
        ("1.1.2", "PRIVATE"), ("1.1.88.33", "SR DOCUMENT"), ("1.1.88.59", "KEY OBJECT DOC"), ("1.1.11", "PRIVATE"),
        ("1.1.11.1", "PRESENTATION"), ("1.1.9.1.1", "WAVEFORM"), ("1.1.481.2", "RT DOSE"),
        ("1.1.481.3", "RT STRUCTURE SET"), ("1.1.481.8", "RT PLAN"), ("1.1.481.9", "RT TREAT RECORD"),
        ("1.1.481.12", "RADIOTHERAPY"), ("34.7", "PLAN"), ("1.1.104.1", "ENCAP DOC"), ("1.1.4.2", "SPECTROSCOPY"),
        ("1.1.66", "RAW DATA"), ("1.1.66.3", "REGISTRATION"), ("1.1.66.2", "FIDUCIAL"), ("1.1.66.5", "SURFACE"),
        ("1.1.68.1", "SURFACE SCAN"), ("1.1.66.6", "TRACT"), ("1.1.67", "VALUE MAP"), ("1.1.78.1", "MEASUREMENT"),
        ("1.1.77.1.5.3", "STEREOMETRIC"), ("1.1.90.1", "ASSESSMENT"), ("1.1.91.1", "ANNOTATION"),
        ("38.1", "HANGING PROTOCOL"), ("39.1", "PALETTE"), ("43.1", "IMPLANT"), ("44.1", "IMPLANT ASSY"),
        ("45.1", "IMPLANT GROUP"), ("1.1.200.2", "PRIVATE"),
    ])
    func theSOPClassTellsTheType(sopClass: String, type: String) {
        let uid = UID(known: "1.2.840.10008.5.1.4." + sopClass)
        #expect(DirectoryRecordType(of: DataSet(), sopClass: uid).rawValue == type)
    }

    @Test func whatHasRowsIsAnImage() {
        var dataSet = DataSet()
        dataSet.set(.rows, number: 1)
        for sopClass in ["1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.66.4", "1.2.3"] {
            #expect(DirectoryRecordType(of: dataSet, sopClass: UID(known: sopClass)) == .image)
        }
        #expect(DirectoryRecordType(of: dataSet, sopClass: UID(known: "1.2.840.10008.5.1.4.1.1.481.2")) == .rtDose)
    }

    @Test func everyKeyIsRegistered() {
        #expect(DirectoryRecordTables.unknownKeywords.isEmpty)
        let bare: Set<DirectoryRecordType> = [.stereometric, .plan, .private]
        #expect(Set(DirectoryRecordType.allCases).subtracting(DirectoryRecordTables.keys.keys) == bare)
    }

    @Test func keysAreCopied() {
        let plan = Self.instance("1.2", [.instanceNumber: "3", .rtPlanLabel: "L", .patientID: "not a key"])
        #expect(Self.keys(.rtPlan, plan) == ["InstanceNumber=3", "RTPlanLabel=L", "RTPlanDate=", "RTPlanTime="])
    }

    @Test func missingKeysGetSubstitutes() {
        #expect(
            Self.keys(.study, DataSet()) == [
                "StudyDate=19000101", "StudyTime=000000", "AccessionNumber=", "StudyDescription=",
                "StudyInstanceUID=UNKNOWN", "StudyID=5",
            ])
        #expect(Self.keys(.series, DataSet()).prefix(1) == ["Modality=OT"])
        #expect(Self.keys(.image, Self.instance("1.2", [.instanceNumber: " "])) == ["InstanceNumber=5"])
        let dated = Self.instance("1.2", [.seriesDate: "20200102", .acquisitionTime: "0910", .studyTime: "08"])
        #expect(Self.keys(.study, dated).prefix(2) == ["StudyDate=20200102", "StudyTime=08"])
        #expect(Self.keys(.waveform, dated).prefix(2) == ["ContentDate=20200102", "ContentTime=0910"])
        #expect(
            Self.keys(.srDocument, dated).suffix(4) == [
                "InstanceNumber=5", "ConceptNameCodeSequence=", "CompletionFlag=PARTIAL", "VerificationFlag=UNVERIFIED",
            ])
        let record = DirectoryRecordKeys.keys(.srDocument, of: dated, number: 1)
        #expect(record.items(.conceptNameCodeSequence).map { $0.string(.codeValue) } == ["UNKNOWN"])
    }

    @Test func ofTheContentOnlyWhatModifiesTheTitleIsKept() {
        func content(_ relationship: String) -> DataSet {
            var item = DataSet()
            item.set(.relationshipType, text: relationship)
            return item
        }
        var report = DataSet()
        report.set(.contentSequence, items: [content("CONTAINS")])
        #expect(DirectoryRecordKeys.keys(.keyObjectDoc, of: report, number: 1)[.contentSequence] == nil)
        report.set(.contentSequence, items: [content("CONTAINS"), content("HAS CONCEPT MOD")])
        let record = DirectoryRecordKeys.keys(.keyObjectDoc, of: report, number: 1)
        #expect(record.items(.contentSequence) == [content("HAS CONCEPT MOD")])
    }

    @Test func theCharacterSetStandsWhereItIsNeeded() {
        var dataSet = DataSet()
        dataSet.set(.specificCharacterSet, text: "ISO_IR 100")
        dataSet.set(.patientName, .PN, bytes: [0xC9, 0x5E, 0x41, 0x20])
        dataSet.set(.patientID, text: "1")
        #expect(Self.keys(.patient, dataSet) == ["SpecificCharacterSet=ISO_IR 100", "PatientName=É^A", "PatientID=1"])
        #expect(!Self.keys(.series, dataSet).contains { $0.hasPrefix("SpecificCharacterSet") })
        dataSet.set(.specificCharacterSet, text: "", "ISO 2022 IR 87")
        dataSet.set(.patientName, .PN, bytes: Bytes.hex("1b24423b33451b2842"))
        let japanese = DirectoryRecordKeys.keys(.patient, of: dataSet, number: 1)
        #expect(japanese.strings(.specificCharacterSet) == ["", "ISO 2022 IR 87"])
        var undeclared = DataSet()
        undeclared.set(.patientName, .PN, bytes: [0xC9, 0x41])
        #expect(Self.keys(.patient, undeclared).prefix(2) == ["SpecificCharacterSet=ISO_IR 192", "PatientName=ÉA"])
    }

    @Test func whatWasLeftInTheSourceIsTakenForMissing() {
        let large = DataSet([DataElement(.contentLabel, .CS, .deferred(offset: 0, length: 70_000))])
        #expect(Self.keys(.palette, large) == ["ContentLabel=UNKNOWN", "ContentDescription="])
    }
}
