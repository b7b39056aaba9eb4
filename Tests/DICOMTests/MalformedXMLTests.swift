import Testing

@testable import DICOM

struct MalformedXMLTests {
    private static func decode(_ text: String) throws -> DataSet { try NativeDICOMModel.decode(Array(text.utf8)) }

    @Test(arguments: [
        "", " ", "x", "<", "<a/>", "<NativeDicomModel>", "<NativeDicomModel></a>", "<NativeDicomModel/>x",
        "<NativeDicomModel/><NativeDicomModel/>", "<NativeDicomModel xmlns='urn:other'/>", "<n:NativeDicomModel/>",
        "<?xml version='1.0' encoding='EBCDIC'?><NativeDicomModel/>", "<NativeDicomModel a='1' a='2'/>",
        "<NativeDicomModel>text</NativeDicomModel>", "<NativeDicomModel><Value/></NativeDicomModel>",
        "<NativeDicomModel>\u{0}</NativeDicomModel>",
    ])
    func noDocumentIsRefused(text: String) {
        #expect(throws: DICOMError.self) { try Self.decode(text) }
    }

    @Test(arguments: [
        "<DicomAttribute vr='US'/>", "<DicomAttribute tag='0028001' vr='US'/>",
        "<DicomAttribute tag='00280010' vr='ZZ'/>", "<DicomAttribute tag='00280010' vr='US'>1</DicomAttribute>",
        "<DicomAttribute tag='00280010' vr='US'><Value>70000</Value></DicomAttribute>",
        "<DicomAttribute tag='00280010' vr='US'><Value></Value></DicomAttribute>",
        "<DicomAttribute tag='00280010' vr='US'><Value number='2'>1</Value></DicomAttribute>",
        "<DicomAttribute tag='00100020' vr='LO'><Value number='0'>1</Value></DicomAttribute>",
        "<DicomAttribute tag='00100020' vr='LO'><Value number='2000000000'>1</Value></DicomAttribute>",
        "<DicomAttribute tag='00100020' vr='LO'><Value number='1'/><Value number='1'/></DicomAttribute>",
        "<DicomAttribute tag='00100020' vr='LO'><Value>a<b/></Value></DicomAttribute>",
        "<DicomAttribute tag='00100020' vr='LO'><Value>&unknown;</Value></DicomAttribute>",
        "<DicomAttribute tag='00100020' vr='LO'><Value>&#1;</Value></DicomAttribute>",
        "<DicomAttribute tag='00100020' vr='LO'><Value/><InlineBinary/></DicomAttribute>",
        "<DicomAttribute tag='00100020' vr='LO'><Item/></DicomAttribute>",
        "<DicomAttribute tag='00100010' vr='PN'><Value>A</Value></DicomAttribute>",
        "<DicomAttribute tag='00100010' vr='PN'><PersonName>A</PersonName></DicomAttribute>",
        "<DicomAttribute tag='00100010' vr='PN'><PersonName><Latin/></PersonName></DicomAttribute>",
        "<DicomAttribute tag='00100010' vr='PN'><PersonName><Alphabetic>A</Alphabetic></PersonName></DicomAttribute>",
        "<DicomAttribute tag='00081032' vr='SQ'><Value>1</Value></DicomAttribute>",
        "<DicomAttribute tag='00081032' vr='SQ'><Item number='3'/></DicomAttribute>",
        "<DicomAttribute tag='00081032' vr='SQ'><Item>1</Item></DicomAttribute>",
        "<DicomAttribute tag='00091001' vr='OB'><InlineBinary>A</InlineBinary></DicomAttribute>",
        "<DicomAttribute tag='00091001' vr='OB'><InlineBinary/><InlineBinary/></DicomAttribute>",
        "<DicomAttribute tag='00091001' vr='OB'><BulkData uuid='1'/></DicomAttribute>",
    ])
    func nonsenseIsRefused(attribute: String) {
        #expect(throws: DICOMError.self) { try Self.decode("<NativeDicomModel>\(attribute)</NativeDicomModel>") }
    }

    @Test func anErrorSaysLineAndColumn() {
        let text = "<NativeDicomModel>\n  <DicomAttribute tag='00280010' vr='US'>\n<Value>x</Value></DicomAttribute>"
        #expect(throws: DICOMError.malformedXML("no number of its VR", line: 3, column: 1)) {
            try Self.decode(text + "</NativeDicomModel>")
        }
        #expect(throws: DICOMError.malformedXML("the end of another element", line: 3, column: 36)) {
            try Self.decode(text + "</NativeModel>")
        }
    }

    @Test(arguments: [
        "<!DOCTYPE NativeDicomModel>", "<!DOCTYPE NativeDicomModel SYSTEM 'http://localhost/x.dtd'>",
        """
        <!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
        """,
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
    ])
    func aDocumentTypeIsRefused(declaration: String) {
        let text = "\(declaration)<NativeDicomModel>&c;</NativeDicomModel>"
        #expect {
            try Self.decode(text)
        } throws: { error in
            guard case DICOMError.malformedXML(let reason, 1, _) = error else { return false }
            return reason == "a document type is not allowed"
        }
    }

    @Test func depthAndCountAreBounded() throws {
        func nested(_ depth: Int) -> String {
            let open = "<DicomAttribute tag='00081032' vr='SQ'><Item>"
            return "<NativeDicomModel>" + String(repeating: open, count: depth)
                + String(repeating: "</Item></DicomAttribute>", count: depth) + "</NativeDicomModel>"
        }
        #expect(try Self.decode(nested(64)).items(.procedureCodeSequence).count == 1)
        #expect(throws: DICOMError.malformedXML("too deep", line: 1, column: 3028)) { try Self.decode(nested(100_000)) }
        var limits = ReadingLimits()
        limits.elementCount = 3
        let four = Array("<NativeDicomModel><a/><a/><a/></NativeDicomModel>".utf8)
        #expect(throws: DICOMError.malformedXML("too many elements", line: 1, column: 27)) {
            try NativeDICOMModel.decode(four, limits: limits)
        }
    }
}
