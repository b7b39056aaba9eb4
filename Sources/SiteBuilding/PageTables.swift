import FoundationEssentials

/// The tables of a page, which a program writes to a JSON file of `content/`: ids and cells, no words.
///
/// The words stand under the file's name: for `conformance.json` the section `retrieve` has the words
/// `conformance.retrieve.title` and `.text`, and the column `route` the word `conformance.column.route`.
struct PageTables {
    struct Section: Decodable {
        let id: String
        let columns: [String]
        let rows: [[String]]
    }

    private struct Contents: Decodable {
        let sections: [Section]
    }

    let sections: [Section]
    /// The words that the file needs.
    private(set) var words = WordUse()
    private let name: String

    /// - Throws: `SiteProblem` for another shape, an id that cannot be an anchor, or a row that is too short or long.
    init(json: String, file: String) throws {
        name = String(file.prefix { $0 != "." })
        do {
            sections = try JSONDecoder().decode(Contents.self, from: Data(json.utf8)).sections
        } catch {
            throw SiteProblem(file, "is not {sections: [{id, columns, rows}]} with texts as cells")
        }
        for (index, section) in sections.enumerated() {
            let problem = { (what: String) in SiteProblem(file, "section “\(section.id)”: \(what)") }
            for id in [section.id] + section.columns where id.wholeMatch(of: /[a-z0-9]+(?:-[a-z0-9]+)*/) == nil {
                throw problem("“\(id)” is not an id of small letters, digits and hyphens")
            }
            guard !sections[..<index].contains(where: { $0.id == section.id }) else { throw problem("stands twice") }
            if let row = section.rows.firstIndex(where: { $0.count != section.columns.count }) {
                throw problem("row \(row + 1) has not \(section.columns.count) cells")
            }
            note("\(name).\(section.id).title", for: section.id, in: json, file)
            note("\(name).\(section.id).text", for: section.id, in: json, file)
            for column in section.columns { note("\(name).column.\(column)", for: column, in: json, file) }
        }
    }

    /// What a template shows: sections with title, text, columns and rows of cells, the first of which is the row's head.
    func values(in words: Words) -> [[String: Any]] {
        let word = { (path: String) in words.leaves["\(name).\(path)"]?.text ?? "" }
        return sections.map { section in
            [
                "id": section.id, "title": word("\(section.id).title"), "text": word("\(section.id).text"),
                "columns": section.columns.map { ["id": $0, "title": word("column.\($0)")] },
                "rows": section.rows.map { row in
                    ["cells": zip(section.columns, row).enumerated().map { Self.cell($1.0, $1.1, isHead: $0 == 0) }]
                },
            ]
        }
    }

    private static func cell(_ column: String, _ text: String, isHead: Bool) -> [String: Any] {
        ["column": column, "isHead": isHead, "yes": text == "yes", "no": text == "no", "text": text]
    }

    private mutating func note(_ word: String, for id: String, in json: String, _ file: String) {
        let line = json.firstRange(of: "\"\(id)\"").map { json.line(of: $0.lowerBound) } ?? 1
        words.note(word: word, file: file, line: line)
    }
}
