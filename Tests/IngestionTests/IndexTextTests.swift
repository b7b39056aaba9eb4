import Testing

@testable import Ingestion

@Suite struct IndexTextTests {
    @Test func columnsAreShortAndWithoutNUL() {
        #expect(IndexText.column("a\0b") == "a\u{FFFD}b")
        #expect(IndexText.column(String(repeating: "é", count: 300)).count == 256)
        #expect(IndexText.column(nil) == "")
        #expect(IndexText.listed(String(repeating: "é", count: 300)).count == 225)
        #expect(IndexText.listed(String(repeating: "山", count: 300)).count == 150)
    }

    @Test(arguments: [
        (#"{"a":"\u0000"}"#, #"{"a":"\ufffd"}"#), (#"{"a":"\\u0000"}"#, #"{"a":"\\u0000"}"#),
        (#"{"a":"\\\u0000\""}"#, #"{"a":"\\\ufffd\""}"#), (#"{"a":"x\n"}"#, #"{"a":"x\n"}"#), (#"\"#, #"\"#),
    ])
    func anEscapedNULBecomesAReplacementCharacter(json: String, expected: String) {
        #expect(IndexText.json(Array(json.utf8)) == expected)
    }

    @Test func aModalityIsACodeOrNothing() {
        #expect(IndexText.modality("ct") == "CT")
        #expect(IndexText.modality("<b>") == "")
        #expect(IndexText.modality(String(repeating: "A", count: 17)) == "")
    }
}
