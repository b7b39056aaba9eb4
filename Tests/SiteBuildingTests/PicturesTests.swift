import Testing

@testable import SiteBuilding

struct PicturesTests {
    /// The beginning of a PNG of 3 × 2 pixels.
    private static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 3, 0, 0, 0, 2]
        + [8, 2, 0, 0, 0, 0, 0, 0]

    private static func render(_ markdown: String) throws -> [String: [UInt8]] {
        var files = SmallContent.with(["help/fr/help.md": markdown]).files
        files["help/pictures/fr/list.png"] = png
        return try SiteRenderer(content: ContentFolder(files: files)).render()
    }

    @Test func `a picture has a hashed name, its size and its text`() throws {
        let site = try Self.render("# A\n\n![La liste](list.png)\n")
        let page = String(decoding: site["fr/help/index.html"] ?? [], as: UTF8.self)
        let pattern = /<img src="\/(assets\/pictures\/fr\/list\.[0-9a-f]{10}\.png)" alt="La liste" width="3" height="2"/
        let name = try #require(page.firstMatch(of: pattern)?.1)
        #expect(site[String(name)] == Self.png)
    }

    @Test(arguments: [
        ("![](list.png)", "help/fr/help.md: the picture “list.png” has no text"),
        ("![La liste](none.png)", "help/fr/help.md: there is no picture “none.png” in help/pictures/fr/"),
    ])
    func `a picture that says nothing or is absent is a fault`(markdown: String, complaint: String) {
        #expect { try Self.render("# A\n\n\(markdown)\n") } throws: { "\($0)" == complaint }
    }

    @Test func `the size of each kind of WebP is read`() {
        func webp(_ kind: String, _ rest: [UInt8]) -> [UInt8] {
            Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8\(kind)".utf8) + [0, 0, 0, 0] + rest + [0, 0, 0, 0]
        }
        let lossy = Pictures.size(of: webp(" ", [0, 0, 0, 0x9D, 0x01, 0x2A, 0x40, 0x01, 0xF0, 0x00]))
        let extended = Pictures.size(of: webp("X", [0, 0, 0, 0, 0x3F, 0x01, 0, 0xEF, 0, 0]))
        let lossless = Pictures.size(of: webp("L", [0x2F, 0x3F, 0xC1, 0x3B, 0, 0, 0, 0, 0, 0]))
        for size in [lossy, extended, lossless] { #expect(size?.width == 320 && size?.height == 240) }
        #expect(Pictures.size(of: Array(repeating: 0, count: 40)) == nil)
    }
}
