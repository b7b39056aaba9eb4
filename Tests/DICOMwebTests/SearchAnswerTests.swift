import DICOM
import HTTPModel
import Testing

@testable import DICOMweb

@Suite struct SearchAnswerTests {
    static func answer(_ level: [SearchLevel], _ query: String, _ texts: [String]) throws -> String {
        let query = try SearchQuery(Request(method: .get, path: "/", query: query))
        var answer = SearchAnswer(levels: level, query: query)
        answer.add(
            texts.map { SearchAnswer.Layer($0, computed: [.text(Tag(0x0008, 0x0056), .CS, ["ONLINE"])]) })
        return String(decoding: answer.finished(), as: UTF8.self)
    }

    static let stored =
        #"{"00080005": {"vr": "CS"}, "00100010": {"vr": "PN", "Value": [{"Alphabetic": "A\"}^B, {"}]}, "#
        + #""00180015": {"vr": "CS", "Value": ["HEAD"]}, "00200013": {"vr": "IS", "Value": [7]}}"#

    @Test func requiredAttributesStandAlsoWithoutAValueInAscendingOrder() throws {
        #expect(
            try Self.answer([.instance], "", [Self.stored])
                == #"[{"00080016":{"vr":"UI"},"00080018":{"vr":"UI"},"00080056":{"vr":"CS","Value":["ONLINE"]},"#
                + #""0020000D":{"vr":"UI"},"0020000E":{"vr":"UI"},"00200013":{"vr": "IS", "Value": [7]}}]"#)
    }

    @Test(arguments: [
        "includefield=00180015", "includefield=BodyPartExamined", "BodyPartExamined=HEAD", "includefield=all",
    ])
    func whatIsIncludedOrMatchedIsReturned(query: String) throws {
        #expect(
            try Self.answer([.instance], query, [Self.stored]).contains(#""00180015":{"vr": "CS", "Value": ["HEAD"]}"#))
    }

    @Test func quotesAndBracesInsideStringsAreText() throws {
        let text = try Self.answer([.instance], "includefield=00100010", [Self.stored])
        #expect(text.contains(#""00100010":{"vr": "PN", "Value": [{"Alphabetic": "A\"}^B, {"}]}"#))
    }

    @Test func aLowerLevelReplacesAHigherOne() throws {
        let text = try Self.answer([.instance], "", [#"{"00200013":{"vr":"IS","Value":[1]}}"#, Self.stored])
        #expect(text.contains(#"[7]"#) && !text.contains("[1]"))
    }

    @Test func nullTakesAnAttributeAway() throws {
        let text = try Self.answer([.instance], "includefield=00180015", [Self.stored, #"{"00180015": null}"#])
        #expect(!text.contains("00180015") && text.contains("[7]"))
    }

    static let owned =
        #"{"00090010": {"vr": "LO", "Value": ["OTHER"]}, "00090011": {"vr": "LO", "Value": ["A 1"]}, "#
        + #""00091001": {"vr": "LO", "Value": ["no"]}, "00091101": {"vr": "LO", "Value": ["yes"]}}"#

    @Test(arguments: ["00091001=x&00090010=A+1", "00090010=A+1&includefield=00091001"])
    func aPrivateAttributeIsFoundByTheOwnerOfItsBlock(query: String) throws {
        let text = try Self.answer([.instance], query, [Self.owned])
        #expect(text.contains(#""00091101":{"vr": "LO", "Value": ["yes"]}"#) && text.contains("00090011"))
        #expect(!text.contains("OTHER") && !text.contains(#""no""#))
    }

    @Test func ofALayerThatIsNotWholeOnlyWhatIsNamedIsTaken() throws {
        let query = try SearchQuery(items: [
            QueryItem(name: "includefield", value: "all"), QueryItem(name: "BodyPartExamined", value: "HEAD"),
        ])
        var answer = SearchAnswer(levels: [], query: query)
        answer.add([SearchAnswer.Layer(Self.stored, isWhole: false), SearchAnswer.Layer(#"{"00080006":{"vr":"CS"}}"#)])
        let text = String(decoding: answer.finished(), as: UTF8.self)
        #expect(text.contains("00180015") && text.contains("00080006") && !text.contains("00100010"))
    }

    @Test func noResultIsAnEmptyList() throws {
        let answer = SearchAnswer(levels: [.study], query: try SearchQuery(items: []))
        #expect(answer.finished() == Array("[]".utf8))
    }

    @Test func resultsAreJoined() throws {
        var answer = SearchAnswer(
            levels: [], query: try SearchQuery(items: [QueryItem(name: "includefield", value: "all")]))
        answer.add([SearchAnswer.Layer(#"{"00080005":{"vr":"CS"}}"#)])
        answer.add([SearchAnswer.Layer(#"{"00080006":{"vr":"CS"}}"#)])
        #expect(
            String(decoding: answer.finished(), as: UTF8.self)
                == #"[{"00080005":{"vr":"CS"}},{"00080006":{"vr":"CS"}}]"#)
    }
}
