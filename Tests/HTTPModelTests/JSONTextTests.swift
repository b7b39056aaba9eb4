import Testing

@testable import HTTPModel

@Suite struct JSONTextTests {
    @Test func aStringHoldsNoLineBreakOrEscapeOfATerminal() {
        var json = ""
        JSONText.append("a\r\nb\u{1B}[1m\"\\\u{85}é", to: &json)
        #expect(json == #""a\u000d\u000ab\u001b[1m\"\\\u0085é""#)
    }
}
