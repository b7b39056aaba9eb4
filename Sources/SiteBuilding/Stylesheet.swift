/// One style sheet for all pages: `styles/portal.css` with its imports put in place.
enum Stylesheet {
    static let root = "portal.css"

    /// - Parameter sources: path under `styles/` → text.
    /// - Throws: `SiteProblem` with file and line for an import that leads nowhere, or a sheet that none imports.
    static func text(sources: [String: String]) throws -> String {
        guard let root = sources[Self.root] else { throw SiteProblem("styles/\(Self.root)", "is missing") }
        var text = ""
        var used: Set = [Self.root]
        for line in root.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let match = line.element.wholeMatch(of: /@import "([^"]+)";/) else {
                text += line.element + "\n"
                continue
            }
            guard let sheet = sources[String(match.1)] else {
                throw SiteProblem("styles/\(Self.root)", line: line.offset + 1, "there is no sheet “\(match.1)”")
            }
            used.insert(String(match.1))
            text += sheet
        }
        if let unused = sources.keys.sorted().first(where: { !used.contains($0) }) {
            throw SiteProblem("styles/\(unused)", "\(Self.root) does not import it")
        }
        return text
    }
}
