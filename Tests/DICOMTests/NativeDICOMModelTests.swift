import Testing

@testable import DICOM

struct NativeDICOMModelTests {
    private static let head = """
        <?xml version="1.0" encoding="UTF-8"?>
        <NativeDicomModel xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM" xml:space="preserve">
        """

    private static func xml(_ dataSet: DataSet, limit: Int = DICOMJSON.inlineLimit) -> String {
        let bytes = NativeDICOMModel.encode(dataSet, inlineLimit: limit) { "/bulk/\($0)" }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func decode(
        _ attributes: String, bulkData: BulkDataReference.Resolution = { _ in nil }
    ) throws -> DataSet {
        try NativeDICOMModel.decode(Array("\(head)\(attributes)</NativeDicomModel>".utf8), bulkData: bulkData)
    }

    @Test func aDataSetIsWrittenAsAnnexASays() {
        var code = DataSet()
        code.set(.codeMeaning, text: "a \"b\" <&>\n")
        var dataSet = DataSet()
        dataSet.set(.procedureCodeSequence, items: [code, DataSet()])
        dataSet.set(.imageType, text: "ORIGINAL", "", "AXIAL")
        dataSet.set(.accessionNumber, text: "")
        dataSet.set(.patientName, text: "Yamada^Tarou=山田^太郎=やまだ^たろう")
        dataSet.set(.otherPatientNames, text: "A^^B", "", "=C")
        dataSet.set(.rows, number: 512)
        dataSet.set(.frameIncrementPointer, .AT, bytes: [0x18, 0, 0x63, 0x10])
        dataSet.set(.rescaleSlope, text: "+1.50")
        dataSet.set(Tag(0x0009, 0x0010), text: "MAKER <1>")
        dataSet.set(Tag(0x0009, 0x1001), .OB, bytes: [1, 2, 3, 4])
        dataSet.set(Tag(0x0009, 0x1002), .FD, real: [0.1, -.infinity])
        let expected = """
            <DicomAttribute tag="00080005" vr="CS" keyword="SpecificCharacterSet"><Value number="1">ISO_IR 192</Value></DicomAttribute>
            <DicomAttribute tag="00080008" vr="CS" keyword="ImageType"><Value number="1">ORIGINAL</Value><Value number="2"></Value><Value number="3">AXIAL</Value></DicomAttribute>
            <DicomAttribute tag="00080050" vr="SH" keyword="AccessionNumber"></DicomAttribute>
            <DicomAttribute tag="00081032" vr="SQ" keyword="ProcedureCodeSequence"><Item number="1"><DicomAttribute tag="00080104" vr="LO" keyword="CodeMeaning"><Value number="1">a &quot;b&quot; &lt;&amp;&gt;&#10;</Value></DicomAttribute></Item><Item number="2"></Item></DicomAttribute>
            <DicomAttribute tag="00090010" vr="LO"><Value number="1">MAKER &lt;1&gt;</Value></DicomAttribute>
            <DicomAttribute tag="00091001" vr="OB" privateCreator="MAKER &lt;1&gt;"><InlineBinary>AQIDBA==</InlineBinary></DicomAttribute>
            <DicomAttribute tag="00091002" vr="FD" privateCreator="MAKER &lt;1&gt;"><Value number="1">0.1</Value><Value number="2">-inf</Value></DicomAttribute>
            <DicomAttribute tag="00100010" vr="PN" keyword="PatientName"><PersonName number="1"><Alphabetic><FamilyName>Yamada</FamilyName><GivenName>Tarou</GivenName></Alphabetic><Ideographic><FamilyName>山田</FamilyName><GivenName>太郎</GivenName></Ideographic><Phonetic><FamilyName>やまだ</FamilyName><GivenName>たろう</GivenName></Phonetic></PersonName></DicomAttribute>
            <DicomAttribute tag="00101001" vr="PN" keyword="OtherPatientNames"><PersonName number="1"><Alphabetic><FamilyName>A</FamilyName><GivenName></GivenName><MiddleName>B</MiddleName></Alphabetic></PersonName><PersonName number="2"></PersonName><PersonName number="3"><Ideographic><FamilyName>C</FamilyName></Ideographic></PersonName></DicomAttribute>
            <DicomAttribute tag="00280009" vr="AT" keyword="FrameIncrementPointer"><Value number="1">00181063</Value></DicomAttribute>
            <DicomAttribute tag="00280010" vr="US" keyword="Rows"><Value number="1">512</Value></DicomAttribute>
            <DicomAttribute tag="00281053" vr="DS" keyword="RescaleSlope"><Value number="1">+1.50</Value></DicomAttribute>
            """
        #expect(Self.xml(dataSet) == Self.head + expected.replacing("\n", with: "") + "</NativeDicomModel>\n")
    }

    @Test func whatIsWrittenReadsBackTheSame() throws {
        var item = DataSet()
        item.set(Tag(0x0009, 0x0010), text: "MAKER")
        item.set(Tag(0x0009, 0x1001), .UN, bytes: [1, 2])
        var dataSet = DataSet()
        dataSet.set(.specificCharacterSet, text: "ISO_IR 192")
        dataSet.set(.imageType, text: "ORIGINAL", "", "AXIAL")
        dataSet.set(.accessionNumber, text: "")
        dataSet.set(.patientName, text: "Æ^B^^^=山田")
        dataSet.set(.otherPatientNames, text: "A", "", "==C")
        dataSet.set(.patientComments, text: " two\r\n\tlines & <more> ]]> \u{85}\u{FFFD}")
        dataSet.set(.rows, number: 512)
        dataSet.set(.frameIncrementPointer, .AT, bytes: [0x18, 0, 0x63, 0x10])
        dataSet.set(.rescaleSlope, text: "1.50")
        dataSet.set(.procedureCodeSequence, items: [item, DataSet()])
        dataSet.set(Tag(0x0009, 0x0010), text: "MAKER")
        dataSet.set(Tag(0x0009, 0x1001), .OB, bytes: [1, 2, 3, 4, 5, 6])
        dataSet.set(Tag(0x0009, 0x1003), .UV, bytes: [UInt8](repeating: 0xFF, count: 8))
        dataSet.set(Tag(0x0009, 0x1004), .SL, number: -5)
        dataSet.set(Tag(0x0009, 0x1005), .FL, real: [0.1, .infinity])
        let xml = NativeDICOMModel.encode(dataSet) { _ in nil }
        #expect(try NativeDICOMModel.decode(xml) == dataSet)
        for length in 0..<xml.count - 1 {  // the last byte is a line end
            #expect(throws: DICOMError.self) { try NativeDICOMModel.decode(Array(xml[..<length])) }
        }
    }

    @Test func charactersThatXMLCannotHaveAreReplaced() throws {
        var dataSet = DataSet()
        dataSet.set(.patientComments, .LT, bytes: Array("a\u{1}b\u{1F}c\u{FFFE}\u{FFFF}\u{FEFF}".utf8))
        let again = try NativeDICOMModel.decode(NativeDICOMModel.encode(dataSet) { _ in nil })
        #expect(again.string(.patientComments) == "a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}\u{FEFF}")
    }

    @Test func bulkDataStandElsewhereAndAreHandedOut() throws {
        var icon = DataSet()
        icon.set(.pixelData, .OW, bytes: [1, 2])
        var dataSet = DataSet([DataElement(.pixelData, .OB, .fragments([0..<0, 0..<4]))])
        dataSet.set(.iconImageSequence, items: [DataSet(), icon])
        dataSet.set(Tag(0x0009, 0x1001), .UN, bytes: [1, 2, 3, 4])
        let xml = NativeDICOMModel.encode(dataSet, inlineLimit: 2) { "/bulk?a=1&p=\"\($0)\"" }
        var found: [BulkDataReference] = []
        let again = try NativeDICOMModel.decode(xml) { reference in
            found.append(reference)
            return reference.vr == .OB ? .fragments([0..<0, 0..<4]) : reference.vr == .OW ? .bytes([1, 2]) : nil
        }
        let paths: [(String, Tag, VR)] = [
            ("00091001", Tag(0x0009, 0x1001), .UN), ("00880200.2.7FE00010", .pixelData, .OW),
            ("7FE00010", .pixelData, .OB),
        ]
        #expect(
            found == paths.map { BulkDataReference(path: $0, tag: $1, vr: $2, uri: "/bulk?a=1&p=\"\($0)\"") })
        dataSet.remove(Tag(0x0009, 0x1001))
        #expect(again == dataSet)
    }

    @Test func otherSpellingsAreRead() throws {
        let dataSet = try Self.decode(
            """
            \n  <DicomAttribute tag="00080008" vr="CS"><Value number="3">C</Value><Value number="1">A</Value></DicomAttribute>
            <DicomAttribute tag="00280010"><Value><![CDATA[512]]></Value></DicomAttribute>
            <m:DicomAttribute xmlns:m="\(NativeDICOMModel.namespace)" tag="00100020" vr="LO"><m:Value>&#xe9;</m:Value></m:DicomAttribute>
            <DicomAttribute tag="00091001" vr="OB"><InlineBinary> AQID
             BA== </InlineBinary></DicomAttribute>
            <DicomAttribute tag="00081032" vr="SQ"><Item number="2"/></DicomAttribute>
            <DicomAttribute tag="00100000" vr="UL"><Value>1</Value></DicomAttribute>\n
            """)
        #expect(dataSet.strings(.imageType) == ["A", "", "C"])
        #expect(dataSet.int(.rows) == 512)
        #expect(dataSet.string(.patientID) == "é")
        #expect(dataSet.bytes(Tag(0x0009, 0x1001)) == [1, 2, 3, 4])
        #expect(dataSet.items(.procedureCodeSequence).count == 2)
        #expect(dataSet.elements.count == 6)  // with (0008,0005), without the group length
        let plain = "<NativeDicomModel><DicomAttribute tag='00280010' vr='US'/></NativeDicomModel>"
        #expect(try NativeDICOMModel.decode(Array(plain.utf8)).elements.map(\.tag) == [.rows])
    }

    @Test func privateAttributesGetTheBlockOfTheirCreator() throws {
        let dataSet = try Self.decode(
            """
            <DicomAttribute tag="00090010" vr="LO"><Value>A</Value></DicomAttribute>
            <DicomAttribute tag="00090010" vr="LO" privateCreator="B"><Value>b</Value></DicomAttribute>
            <DicomAttribute tag="00090002" vr="LO" privateCreator="A"><Value>a</Value></DicomAttribute>
            <DicomAttribute tag="00091103" vr="LO" privateCreator="C"><Value>c</Value></DicomAttribute>
            """)
        let texts = dataSet.elements.map { "\($0.tag.hex)=\(dataSet.string($0.tag) ?? "")" }
        #expect(texts == ["00090010=A", "00090011=C", "00090012=B", "00091002=a", "00091103=c", "00091210=b"])
    }

    @Test func documentsOfJSONKeepEachBulkDataURI() throws {
        let object = """
            {"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00091001":{"vr":"OB","InlineBinary":"AQI="},\
            "00100010":{"vr":"PN","Value":[{"Alphabetic":"é"}]},"00400100":{"vr":"SQ","Value":[{"00420011":{"vr":"OB",\
            "BulkDataURI":"../a?b&c"}}]},"7FE00010":{"vr":"OW","BulkDataURI":"/studies/1/bulk"}}
            """
        var documents: [[UInt8]] = []
        try NativeDICOMModel.documents(ofJSON: Array(" [\(object), {}, \(object)] ".utf8)) { documents.append($0) }
        #expect(documents.count == 3 && documents[0] == documents[2])
        var uris: [String] = []
        #expect(try NativeDICOMModel.decode(documents[1]).isEmpty)
        let dataSet = try NativeDICOMModel.decode(documents[0]) {
            uris.append($0.uri)
            return .bytes([])
        }
        #expect(uris == ["../a?b&c", "/studies/1/bulk"])
        #expect(dataSet.bytes(Tag(0x0009, 0x1001)) == [1, 2])
        documents = []
        try NativeDICOMModel.documents(ofJSON: Array(object.utf8)) { documents.append($0) }
        #expect(documents.count == 1)
        for wrong in ["", "[", "[{}", "[{}]x", "{}{}", "[1]", "1"] {
            #expect(throws: DICOMError.self) {
                try NativeDICOMModel.documents(ofJSON: Array(wrong.utf8)) { _ in }
            }
        }
    }
}
