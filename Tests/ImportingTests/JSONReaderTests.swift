import Testing

@testable import Importing

@Suite struct JSONReaderTests {
    @Test(arguments: [
        #"{"a":[1,-2.5e+3,true,false,null,"é\n\"\\ \/ 😀"]}"#, "[]", "{}", #""x""#, "0", "\u{FEFF}{}", " [ 1 , 2 ] ",
        #""\ud83d\ude00""#,
    ])
    func whatIsJSONIsRead(text: String) throws {
        let value = try JSONReader.read(Array(text.utf8))
        #expect(try JSONReader.read(Array(value.text.utf8)) == value)
    }

    @Test(arguments: [
        ("", 1, 1), ("{", 1, 2), ("[1,]", 1, 4), ("{\n \"a\" 1}", 2, 6), ("[1] 2", 1, 5), ("01", 1, 3),
        ("\"\\x\"", 1, 3),
        ("\"a", 1, 3), ("nul", 1, 1), ("{\"a\":1,}", 1, 8), ("\"\\ud800\"", 1, 8), ("\"\\u0000\"", 1, 8), ("-", 1, 2),
        ("'a'", 1, 1), ("\"\t\"", 1, 2), ("1.", 1, 3),
    ])
    func whatIsNotIsRefusedWithItsPlace(text: String, line: Int, column: Int) {
        #expect {
            try JSONReader.read(Array(text.utf8))
        } throws: { error in
            (error as? JSONError)?.line == line && (error as? JSONError)?.column == column
        }
    }

    @Test func deepNestingIsRefused() {
        #expect(throws: JSONError.self) { try JSONReader.read([UInt8](repeating: 0x5B, count: 100_000)) }
    }

    @Test func everyTruncationThrows() {
        let text = Array(#"{"a": ["b\u0041", 12.5e1, {"c": null}]}"#.utf8)
        for length in 0..<text.count {
            #expect(throws: JSONError.self) { try JSONReader.read(Array(text.prefix(length))) }
        }
    }
}
