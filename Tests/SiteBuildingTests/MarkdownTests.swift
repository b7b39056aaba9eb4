import Testing

@testable import SiteBuilding

struct MarkdownTests {
    @Test func `the first heading is the title and not in the body`() throws {
        let article = try Markdown.article("# Titre é\n\nUn *mot*.\n", file: "x.md")
        #expect(article == Markdown.Article(title: "Titre é", html: "<p>Un <em>mot</em>.</p>\n"))
    }

    @Test(arguments: ["a <img src=x onerror=alert(1)> b", "[a](javascript:alert(1))"])
    func `nothing in it runs`(text: String) {
        let html = Markdown.html(text)
        #expect(!html.contains("onerror") && !html.contains("javascript:"))
    }
}
