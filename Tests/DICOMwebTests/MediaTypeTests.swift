import Testing

@testable import DICOMweb

@Suite struct MediaTypeTests {
    @Test(arguments: [
        #"multipart/related; type="application/dicom"; transfer-syntax=*"#,
        "multipart/related;type=application/dicom;transfer-syntax=*",
        #"Multipart/Related ; Type="application/dicom" ; Transfer-Syntax="*""#,
    ])
    func aParameterMeansTheSameQuotedAndUnquoted(text: String) throws {
        let type = try #require(MediaType(text))
        #expect(type.essence == "multipart/related")
        #expect(type["type"] == "application/dicom")
        #expect(type["transfer-syntax"] == "*")
    }

    @Test func aListIsSplitOutsideQuotedStrings() {
        let types = MediaType.list(#"a/b; x="1,2;\"3", c/d;q=0.5 ,nonsense, e/*"#)
        #expect(types?.map(\.essence) == ["a/b", "c/d", "e/*"])
        #expect(types?.first?["x"] == #"1,2;"3"#)
        #expect(types?.map(\.weight) == [1000, 500, 1000])
    }

    @Test(arguments: ["", "a", "a/b/c", "a b/c", "/b", "a/b, c/d", #"a/b; x="open"#])
    func whatIsNotOneMediaTypeIsNone(text: String) { #expect(MediaType(text) == nil) }
}
