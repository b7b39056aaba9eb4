/// What `deploy/viewer/` says around OHIF, in all languages: a plain script, as OHIF's page is made without this site.
enum ViewerWords {
    static let path = "viewer-words.js"
    static let prefix = "viewer."

    static func script(_ words: [Language: Words]) -> String {
        let tables = Language.allCases.map { language in
            let own = (words[language]?.leaves ?? [:]).filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
            let members = own.map { path, word in
                "    \(WordModule.literal(String(path.dropFirst(prefix.count)))): \(WordModule.literal(word.text)),\n"
            }
            return "  \(language.rawValue): {\n\(members.joined())  },\n"
        }
        return "window.viewerWords = {\n\(tables.joined())};\n"
    }
}
