import Portal
import Testing

@testable import Importing

@Suite struct SidecarTests {
    private func sidecar(_ text: String) throws -> Sidecar {
        try Sidecar(try JSONReader.read(Array(text.utf8)), today: "2026-06-01")
    }

    @Test(arguments: [
        #"{"id": "1", "lastName": "A", "dob": "1980-02-29"}"#,
        #"{"external_id": "1", "last_name": "A", "dob": "19800229"}"#,
        #"{"externalId": " 1 ", "lastName": "A", "date_of_birth": "29/02/1980"}"#,
        #"{"id": 1, "lastName": "A", "birthDate": "1980-02-29T00:00:00Z"}"#,
    ])
    func allSpellingsMeanTheSame(text: String) throws {
        let sidecar = try sidecar(text)
        #expect(sidecar.id == "1")
        #expect(sidecar.lastName == "A")
        #expect(sidecar.birthDate == "1980-02-29")
    }

    @Test(arguments: [
        (#"{"lastName": "A"}"#, "id"), (#"{"id": " ", "lastName": "A"}"#, "id"), (#"{"id": "1"}"#, "lastName"),
        (#"{"id": "1", "lastName": "A", "dob": "1980-02-30"}"#, "dob"),
        (#"{"id": "1", "lastName": "A", "dob": "2026-06-02"}"#, "dob"),
        (#"{"id": "1", "lastName": "A", "lastVisit": 5}"#, "lastVisit"),
        (#"{"id": "1", "lastName": ["A"]}"#, "lastName"),
        (#"{"id": "1", "lastName": "A", "sex": "X"}"#, "sex"), (#"{"id": "a\u0007", "lastName": "A"}"#, "id"),
        (#"{"id": "1", "lastName": "A", "groups": "x"}"#, "groups"),
        (#"{"id": "1", "lastName": "A", "studies": [{"studyInstanceUID": "x"}]}"#, "studies"),
        (#"{"id": "1", "lastName": "A", "identityPolicy": "force"}"#, "identityPolicy"),
    ])
    func aBrokenRuleNamesItsMember(text: String, field: String) {
        #expect { try sidecar(text) } throws: { ($0 as? SidecarFault)?.field == field }
    }

    @Test func anEmptyTextClearsAndAnAbsentOneLeaves() throws {
        let sidecar = try sidecar(#"{"id": "1", "lastName": "A", "dob": "", "condition": "", "notes": null}"#)
        #expect(sidecar.birthDate == "")
        #expect(sidecar.condition == "")
        #expect(sidecar.notes == nil)
        #expect(sidecar.firstName == nil)
    }

    @Test func unknownMembersAreKeptAsTheyAre() throws {
        let sidecar = try sidecar(#"{"id": "1", "lastName": "A", "x": {"y": [1.50]}, "orthancPatientId": "z"}"#)
        #expect(JSONValue.object(sidecar.extra).text == #"{"x":{"y":[1.50]}}"#)
    }

    @Test func whatAnExportKeptApartIsReadToo() throws {
        let sidecar = try sidecar(
            #"{"id": "1", "lastName": "A", "issuer": "B", "x": 1, "extra": {"notes": 2, "id": {}}}"#)
        #expect(sidecar.issuer == "B" && sidecar.notes == nil)
        #expect(JSONValue.object(sidecar.extra).text == #"{"x":1,"notes":2,"id":{}}"#)
    }

    @Test func aCorrectionHoldsOnlyWhatAnAttributeMay() throws {
        let sidecar = try sidecar(
            #"""
            {"id": "1", "lastName": "A", "studies": [
                {"studyInstanceUID": "1.2", "correction": {"name": "A=\\B^C\nD", "patientId": "4\\2", "issuer": 3,
                    "birthDate": "20260231", "sex": "X", "system": "a\\b"}},
                {"studyInstanceUID": "1.3", "correction": "x"}]}
            """#)
        let correction = try #require(sidecar.studies[0].correction)
        let identity = correction.identity
        #expect(identity.name == "A  B^C D" && identity.patientID == "4 2" && identity.issuer == "")
        #expect(identity.birthDate == "" && identity.sex == "" && correction.system == Settings.defaultAETitle)
        #expect(sidecar.studies[1].correction == nil)
    }

    @Test func theLegacyStudyCountsOnlyIfItIsAUID() throws {
        #expect(
            try sidecar(#"{"id": "1", "lastName": "A", "dicomStudyUid": "1.2.3"}"#).studies.map(\.studyUID) == ["1.2.3"]
        )
        let other = try sidecar(#"{"id": "1", "lastName": "A", "dicomStudyUid": "8a7f-x"}"#)
        #expect(other.studies.isEmpty)
        #expect(other.warnings == [.studyIgnored])
    }
}
