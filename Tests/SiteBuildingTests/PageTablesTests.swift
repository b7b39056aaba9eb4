import Testing

@testable import SiteBuilding

/// A page whose tables a program writes: `pages.yaml` names the JSON file, the words name its ids.
struct PageTablesTests {
    private static let json = """
        {"sections": [{"id": "of-syntaxes", "columns": ["uid", "web"], "rows": [
            ["1.2 & <3>", "yes"],
            ["1.4", "no"]]}]}
        """

    private static let template = """
        <title>{{title}}</title>{{#sections}}<h2 id="{{id}}">{{title}}: {{text}}</h2>
        {{#columns}}[{{id}} {{title}}]{{/columns}}
        {{#rows}}{{#cells}}({{#isHead}}!{{/isHead}}{{column}} {{#yes}}+{{/yes}}{{#no}}-{{/no}}{{text}}){{/cells}}{{/rows}}
        {{/sections}}
        """

    private static func words(_ language: String, without id: String? = nil) -> String {
        let added = ["tables:", "  column: {uid: UID, web: Web}", "  of-syntaxes: {title: Title, text: Text}"]
        let kept = added.filter { line in id.map { !line.contains("\($0):") } ?? true }
        return ([SmallContent.files["words/\(language).yaml"] ?? ""] + kept).joined(separator: "\n")
    }

    /// The small content with one more page, and some files put in place of others.
    private static func content(_ changes: [String: String] = [:]) -> [String: String] {
        let page = "\n- {path: tables/, template: tables, title: home.help, tables: tables.json}"
        let tables = [
            "pages.yaml": (SmallContent.files["pages.yaml"] ?? "") + page, "tables.json": json,
            "templates/tables.mustache": template, "words/fr.yaml": words("fr"), "words/en.yaml": words("en"),
        ]
        return tables.merging(changes) { $1 }
    }

    @Test func `sections, columns and cells reach the template with their words`() throws {
        let page = try SmallContent.render(Self.content())["en/tables/index.html"] ?? ""
        #expect(page.contains("<title>Help</title><h2 id=\"of-syntaxes\">Title: Text</h2>"))
        #expect(page.contains("[uid UID][web Web]"))
        #expect(page.contains("(!uid 1.2 &amp; &lt;3&gt;)(web +yes)(!uid 1.4)(web -no)"))
    }

    @Test func `ids without words are named, with the line of the JSON`() {
        let changes = Self.content([
            "words/fr.yaml": Self.words("fr", without: "of-syntaxes"),
            "words/en.yaml": Self.words("en", without: "of-syntaxes"),
            "tables.json": Self.json.replacing("\"web\"", with: "\n\"wide\""),
        ])
        #expect(
            SmallContent.complaint(changes).split(separator: "\n") == [
                "tables.json:1: the word “tables.of-syntaxes.text” is not in words/fr.yaml",
                "tables.json:1: the word “tables.of-syntaxes.title” is not in words/fr.yaml",
                "tables.json:2: the word “tables.column.wide” is not in words/fr.yaml",
                "words/fr.yaml:8: nothing uses the word “tables.column.web”",
            ])
    }

    @Test(arguments: [
        ("[]", "tables.json: is not {sections: [{id, columns, rows}]} with texts as cells"),
        (json.replacing("\"1.4\"", with: "4"), "tables.json: is not {sections"),
        (json.replacing("\"1.4\", ", with: ""), "tables.json: section “of-syntaxes”: row 2 has not 2 cells"),
        (json.replacing("of-syntaxes", with: "of syntaxes"), "“of syntaxes” is not an id of small letters"),
        (json.replacing("]]}]}", with: #"]]}, {"id": "of-syntaxes", "columns": [], "rows": []}]}"#), "stands twice"),
    ])
    func `a fault of the JSON is named`(json: String, complaint: String) {
        #expect(SmallContent.complaint(Self.content(["tables.json": json])).contains(complaint))
    }

    @Test func `a file that is absent is named`() {
        let pages = "- {path: tables/, template: tables, title: home.help, tables: none.json}"
        #expect(SmallContent.complaint(Self.content(["pages.yaml": pages])) == "none.json: is missing")
    }
}
