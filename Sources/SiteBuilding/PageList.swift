import Yams

/// A page as `pages.yaml` lists it: one file in each language.
struct Page: Equatable {
    /// Under `/fr/` and `/en/`: empty, `patients/` or `404.html`.
    let path: String
    let template: String
    /// The word that names the page.
    let title: String
    /// The entry of the rail that is marked as current.
    let section: String?
    /// The script that brings it to life, under `scripts/`.
    let script: String?
    /// What it asks the portal first: paths with a blank between them, for `ask-early.js`.
    let asks: String?
    /// The Markdown file under `help/<language>/`.
    let markdown: String?
    /// The JSON file of `PageTables`.
    let tables: String?
    /// Whether it shows what `Measurements` tell.
    let showsMeasurements: Bool

    /// The file that a static host serves at this path.
    var file: String {
        path.isEmpty || path.hasSuffix("/") ? "\(path)index.html" : path
    }
}

/// The pages of the site in their order.
struct PageList {
    static let file = "pages.yaml"

    private(set) var pages: [Page] = []
    private(set) var words = WordUse()

    /// - Throws: `SiteProblem` with the line, for an unknown or missing key or a path that leaves the site.
    init(yaml: String) throws {
        guard case .sequence(let entries)? = try Words.compose(yaml, file: Self.file) else {
            throw SiteProblem(Self.file, "is not a list of pages")
        }
        for entry in entries {
            let page = try Self.page(from: entry)
            let line = entry.mark?.line ?? 1
            guard !pages.contains(where: { $0.path == page.path }) else {
                throw SiteProblem(Self.file, line: line, "the path “\(page.path)” stands twice")
            }
            pages.append(page)
            words.note(word: page.title, file: Self.file, line: line)
        }
    }

    private static func page(from node: Node) throws -> Page {
        let line = node.mark?.line
        guard case .mapping(let mapping) = node else { throw SiteProblem(file, line: line, "a page is a mapping") }
        var fields: [String: String] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string, let text = value.scalar?.string else {
                throw SiteProblem(file, line: key.mark?.line, "a page holds names and texts")
            }
            fields[name] = text
        }
        let known: Set = ["path", "template", "title", "section", "script", "asks", "markdown", "tables", "shows"]
        if let stranger = fields.keys.sorted().first(where: { !known.contains($0) }) {
            throw SiteProblem(file, line: line, "“\(stranger)” says nothing about a page")
        }
        guard let path = fields["path"], let template = fields["template"], let title = fields["title"] else {
            throw SiteProblem(file, line: line, "a page needs path, template and title")
        }
        guard path.wholeMatch(of: /(?:[a-z0-9-]+\/)*(?:[a-z0-9-]+\.html)?/) != nil else {
            throw SiteProblem(file, line: line, "“\(path)” is not a path of small letters, digits and hyphens")
        }
        guard fields["shows"] == nil || fields["shows"] == "measurements" else {
            throw SiteProblem(file, line: line, "a page shows measurements or nothing of the kind")
        }
        return Page(
            path: path, template: template, title: title, section: fields["section"], script: fields["script"],
            asks: fields["asks"], markdown: fields["markdown"], tables: fields["tables"],
            showsMeasurements: fields["shows"] != nil)
    }
}
