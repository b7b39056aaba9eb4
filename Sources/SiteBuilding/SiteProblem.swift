/// One thing that is wrong in `content/` or `site/`, and where.
package struct SiteProblem: Error, Equatable, Comparable, CustomStringConvertible {
    /// The path inside the content folder (or the site, for a link), with `/` between its parts.
    package let file: String
    /// 1-based; nil when the file as a whole is meant.
    package let line: Int?
    package let message: String

    package init(_ file: String, line: Int? = nil, _ message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    package var description: String {
        guard let line else { return "\(file): \(message)" }
        return "\(file):\(line): \(message)"
    }

    package static func < (left: SiteProblem, right: SiteProblem) -> Bool {
        (left.file, left.line ?? 0, left.message) < (right.file, right.line ?? 0, right.message)
    }
}

/// Everything that was found wrong in one go, so that a writer mends it in one go.
package struct SiteProblems: Error, CustomStringConvertible {
    package let problems: [SiteProblem]

    package init(_ problems: [SiteProblem]) {
        self.problems = problems.sorted()
    }

    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
