/// Links that scripts make: `page('patients/')` must name a page of the list.
enum ScriptLinks {
    static func problems(in sources: [String: String], pages: [Page]) -> [SiteProblem] {
        let known = Set(pages.map(\.path))
        return sources.flatMap { path, text in
            text.matches(of: /\bpage\(\s*'([^']*)'/).filter { !known.contains(String($0.1)) }.map { match in
                SiteProblem(
                    "scripts/\(path)", line: text.line(of: match.range.lowerBound),
                    "the link “\(match.1)” leads to no page of \(PageList.file)")
            }
        }
    }
}
