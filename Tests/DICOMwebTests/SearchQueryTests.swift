import DICOM
import HTTPModel
import Testing

@testable import DICOMweb

@Suite struct SearchQueryTests {
    static func query(_ text: String) throws -> SearchQuery {
        try SearchQuery(Request(method: .get, path: "/dicomweb/studies", query: text))
    }

    @Test func theViewersListIsUnderstood() throws {
        let query = try Self.query(
            "limit=101&offset=0&fuzzymatching=true&includefield=00081030%2C00080060&PatientName=*D%C3%A9*&00100020=*1*")
        #expect(query.limit == 101)
        #expect(query.offset == 0)
        #expect(query.isFuzzy)
        #expect(
            query.includedFields == .listed([AttributePath(Tag(0x0008, 0x1030)), AttributePath(Tag(0x0008, 0x0060))]))
        #expect(query.matches.map(\.path.tags) == [[Tag(0x0010, 0x0010)], [Tag(0x0010, 0x0020)]])
        #expect(query.matches.map(\.value) == ["*Dé*", "*1*"])
    }

    @Test(arguments: ["PatientName", "00100010"])
    func anAttributeIsAKeywordOrATag(name: String) throws {
        #expect(try Self.query("\(name)=x").matches.map(\.path.tags) == [[Tag(0x0010, 0x0010)]])
    }

    @Test func aPathGoesIntoSequences() throws {
        let query = try Self.query("OtherPatientIDsSequence.00100020=1")
        #expect(query.matches.map(\.path.tags) == [[Tag(0x0010, 0x1002), Tag(0x0010, 0x0020)]])
    }

    @Test func aPrivateCreatorBelongsToItsAttributes() throws {
        let query = try Self.query("00091001=x&00090010=ACME&00100010=y")
        #expect(query.matches.map(\.path.creators) == [["ACME"], [nil]])
    }

    @Test func aPrivateCreatorAloneIsMatched() throws {
        #expect(try Self.query("00090010=ACME").matches.map(\.value) == ["ACME"])
    }

    @Test func allReplacesEveryList() throws {
        let query = try Self.query("includefield=00081030&includefield=all&includefield=00080060")
        #expect(query.includedFields == .all)
    }

    @Test func aHugeLimitIsCapped() throws {
        #expect(try Self.query("limit=99999999999999999999").limit == 1_000_000_000)
    }

    @Test(arguments: [
        "limit=-1", "limit=1.5", "limit=", "limit=a", "offset=-1", "offset=+1", "fuzzymatching=1", "fuzzymatching=",
        "emptyvaluematching=x", "includefield=nonsense", "NoSuchKeyword=1", "0010001=x", "PatientName..x=1", "=x",
        "limit=%zz", String(repeating: "PatientName=x&", count: 65), "PatientID=%00", "00091001=x",
        "00091001=x&00090011=ACME", "00400555.00091001=x&00090010=ACME",
    ])
    func whatCannotBeUnderstoodIs400(text: String) {
        let refusal = #expect(throws: HTTPError.self) { try Self.query(text) }
        #expect(refusal?.status == 400)
    }
}
