import Testing

@testable import Archives

@Suite struct RelativePathTests {
    @Test(arguments: [
        "", "/", "/etc/passwd", "../x", "a/../x", "a/..", "a\\b", "C:/x", "c:x", "a\u{0}b", "a\nb", "a\u{1B}[0m", "./.",
        String(repeating: "a/", count: 65), String(repeating: "a", count: 2049),
    ])
    func whatLeavesItsFolderIsNoPath(text: String) {
        #expect(RelativePath(text) == nil)
    }

    @Test(arguments: [
        ("a", ["a"]), ("./a//b/", ["a", "b"]), ("Patient-1/..dcm", ["Patient-1", "..dcm"]), ("山田/é è", ["山田", "é è"]),
        ("ab:c", ["ab:c"]), ("x/C:", ["x", "C:"]),
    ])
    func ordinaryPathsAreSplit(text: String, components: [String]) {
        #expect(RelativePath(text)?.components == components)
    }

    @Test func aPathKnowsItsFolder() throws {
        let path = try #require(RelativePath("a/b/c"))
        #expect(path.name == "c")
        #expect(path.folder?.description == "a/b")
        #expect(RelativePath("a")?.folder == nil)
    }
}
