import Testing

@testable import SiteBuilding

struct WordModuleTests {
    @Test(arguments: [
        ("a\"b\\", #""a\"b\\""#), ("two\nlines", #""two\nlines""#), ("</script>", #""\u003c/script>""#),
        ("\u{2028}\u{1}", #""\u2028\u0001""#), ("Été", #""Été""#),
    ])
    func `a text becomes one literal`(text: String, literal: String) {
        #expect(WordModule.literal(text) == literal)
    }
}
