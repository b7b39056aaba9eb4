import DICOM
import Testing

@testable import DICOMweb

@Suite struct CorrectedMetadataTests {
    private static func correction(_ name: String, issuer: String = "") -> PatientCorrection {
        PatientCorrection(
            identity: PatientIdentity(
                lastName: name, firstName: "Z", patientID: "P7", issuer: issuer, birthDate: "", sex: "O"),
            revision: 2, dateTime: "20260102030405+0000", system: "PORTAL", characterSet: "")
    }

    private static func dataSet(_ characterSet: String?) -> DataSet {
        var dataSet = DataSet()
        if let characterSet { dataSet.set(.specificCharacterSet, text: characterSet) }
        dataSet.set(.studyDescription, text: "Etude \"A\\B\"")
        dataSet.set(.patientName, text: "Legue^Eve=I=P")
        dataSet.set(.issuerOfPatientID, text: "ELSEWHERE")
        dataSet.set(.patientSex, text: "O")
        dataSet.set(.sliceThickness, text: "1.50")
        return dataSet
    }

    /// One rule for both forms: the JSON of the corrected data set is the corrected JSON.
    @Test(
        arguments: [nil, "ISO_IR 100", "ISO_IR 192", "ISO 2022 IR 6\\ISO 2022 IR 87"], ["Dupont", "Müller", "山田"])
    func theJSONOfWhatIsCorrectedIsTheCorrectedJSON(characterSet: String?, name: String) throws {
        var dataSet = Self.dataSet(characterSet)
        for issuer in ["", "HERE"] {
            let correction = Self.correction(name, issuer: issuer)
            let corrected = try correction.applied(to: dataSet, reading: BytesSource([]))
            let json = correction.applied(toJSON: DICOMJSON.encode(dataSet) { _ in nil })
            #expect(
                String(decoding: json, as: UTF8.self)
                    == String(decoding: DICOMJSON.encode(corrected) { _ in nil }, as: UTF8.self))
            #expect(correction.applied(toJSON: json) == json)
            dataSet = corrected  // the second item stands behind the first one
        }
    }

    @Test func otherAttributesStayAsTheirTextHasThem() {
        let object = #"{"00100010":{"vr":"PN","Value":[{"Alphabetic":"A"}]},"00180050":{"vr":"DS","Value":[1.50e0]}}"#
        let json = String(decoding: Self.correction("Dupont").applied(toJSON: Array(object.utf8)), as: UTF8.self)
        #expect(json.contains(#""00180050":{"vr":"DS","Value":[1.50e0]}"#))
        #expect(json.hasPrefix(#"{"00100010":{"vr":"PN","Value":[{"Alphabetic":"Dupont^Z"}]},"00100020":"#))
        #expect(json.contains(#"{"00100010":{"vr":"PN","Value":[{"Alphabetic":"A"}]},"00100020":{"vr":"LO"}"#))
    }

    @Test func aDocumentIsEditedInItsOwnForm() throws {
        let object = MetadataDocumentTests.gzip(Array("{\"a\":1}".utf8))
        let edited = try MetadataDocument.edited(object) { $0.reversed() }
        #expect(try MetadataDocumentTests.gunzip(edited) == "}1:\"a\"{")
        #expect(throws: MetadataDocument.Damaged.self) { try MetadataDocument.edited(object.dropLast(9)) { $0 } }
    }
}
