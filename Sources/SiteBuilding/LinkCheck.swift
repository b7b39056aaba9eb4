/// Finds links between the pages of a site that lead nowhere.
struct LinkCheck {
    /// Paths that functions or the viewer answer, not files.
    static let answeredElsewhere = ["/api/", "/dicomweb/", "/viewer/"]

    private let files: [String: [UInt8]]
    private let anchors: [String: Set<String>]

    init(files: [String: [UInt8]]) {
        self.files = files
        anchors = files.filter { $0.key.hasSuffix(".html") }.mapValues { bytes in
            Set(String(decoding: bytes, as: UTF8.self).matches(of: /\sid="([^"]+)"/).map { String($0.1) })
        }
    }

    /// Every broken `href`, `src` and `action` of the HTML files.
    func problems() -> [SiteProblem] {
        anchors.keys.sorted().flatMap(problems(in:))
    }

    private func problems(in file: String) -> [SiteProblem] {
        let text = String(decoding: files[file] ?? [], as: UTF8.self)
        return text.matches(of: /\s(?:href|src|action)="([^"]*)"/).compactMap { match -> SiteProblem? in
            let link = String(match.1).replacing("&amp;", with: "&")
            guard isBroken(link, in: file) else { return nil }
            return SiteProblem(file, line: text.line(of: match.range.lowerBound), "the link “\(link)” leads nowhere")
        }
    }

    private func isBroken(_ link: String, in file: String) -> Bool {
        if link.isEmpty { return true }
        if link.contains(/^(?:https?|mailto):/) || Self.answeredElsewhere.contains(where: link.hasPrefix) {
            return false
        }
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)[0]
        guard let target = Self.target(String(path), from: file), files[target] != nil else { return true }
        guard parts.count > 1, let anchors = anchors[target] else { return false }
        return !anchors.contains(String(parts[1]))
    }

    /// The file that a static host answers a path with; nil when it climbs out of the site.
    private static func target(_ path: String, from file: String) -> String? {
        if path.isEmpty { return file }
        var parts = path.hasPrefix("/") ? [] : file.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(String(part))
            }
        }
        return (path.hasSuffix("/") ? parts + ["index.html"] : parts).joined(separator: "/")
    }
}
