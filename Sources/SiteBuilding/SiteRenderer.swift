/// Renders `content/` into the files of the site: same input, same bytes.
package struct SiteRenderer {
    /// The script of the address without a language.
    private static let languageChoice = "language-choice.js"
    /// The script that asks the portal before a page's own script is there.
    private static let askEarly = "ask-early.js"

    private let content: ContentFolder
    private let words: [Language: Words]
    private let pages: PageList
    /// By their file.
    private let tables: [String: PageTables]
    private let measurements: Measurements?
    private let templates: Templates
    private let scripts: ScriptBundles
    private let stylesheet: (name: String, bytes: [UInt8])
    private let pictures: Pictures

    /// Reads and checks the content.
    ///
    /// - Throws: `SiteProblem` or `SiteProblems`, with file and line.
    package init(content: ContentFolder) throws {
        self.content = content
        pages = try PageList(yaml: content.text(PageList.file))
        var words: [Language: Words] = [:]
        for language in Language.allCases {
            let file = "words/\(language.rawValue).yaml"
            words[language] = try Words(yaml: content.text(file), file: file)
        }
        let templateSources = try Self.sources(content, "templates/", ".mustache")
        let scriptSources = try Self.sources(content, "scripts/", "")
        templates = try Templates(sources: templateSources)
        tables = try pages.pages.compactMap(\.tables).reduce(into: [:]) { tables, file in
            tables[file] = try PageTables(json: content.text(file), file: file)
        }
        measurements = try pages.pages.contains(where: \.showsMeasurements) ? Measurements(content) : nil

        var scriptUse = WordUse()
        for (path, text) in scriptSources { scriptUse.note(script: text, file: "scripts/\(path)") }
        var use = pages.words
        for (name, text) in templateSources { use.note(template: text, file: Templates.file(name)) }
        for tables in tables.values { use.note(tables.words) }
        if let measurements { use.note(measurements.words) }
        try Self.check(words, pageUse: use, scriptUse: scriptUse)
        var broken = ScriptLinks.problems(in: scriptSources, pages: pages.pages)
        for (name, text) in templateSources {
            broken += UntranslatedText.problems(inTemplate: text, file: Templates.file(name))
        }
        for (path, text) in scriptSources {
            broken += UntranslatedText.problems(inScript: text, file: "scripts/\(path)")
        }
        guard broken.isEmpty else { throw SiteProblems(broken) }
        pictures = try Pictures(content)

        scripts = try Self.bundles(scriptSources, pages, words, scriptUse)
        let css = [UInt8](try Stylesheet.text(sources: Self.sources(content, "styles/", "")).utf8)
        stylesheet = (HashedName.of(Stylesheet.root, holding: css), css)
        self.words = words
    }

    /// Every file of the site by its path.
    ///
    /// - Throws: `SiteProblems` naming the file and the link, for links that lead nowhere.
    package func render() throws -> [String: [UInt8]] {
        var site = scripts.files
        site[stylesheet.name] = stylesheet.bytes
        site[ViewerWords.path] = [UInt8](ViewerWords.script(words).utf8)
        site.merge(pictures.files) { first, _ in first }
        for name in content.names(in: "static/", suffix: "") {
            site[name] = content.files["static/\(name)"]
        }
        for language in Language.allCases {
            for page in pages.pages {
                site["\(language.rawValue)/\(page.file)"] = [UInt8](try render(page, in: language).utf8)
            }
        }
        for name in ["index", "404"] {
            let values = try rootValues(script: name == "index" ? Self.languageChoice : nil)
            site["\(name).html"] = [UInt8](try templates.render(values, with: "root/\(name)").utf8)
        }
        let broken = LinkCheck(files: site).problems()
        guard broken.isEmpty else { throw SiteProblems(broken) }
        return site
    }

    private func render(_ page: Page, in language: Language) throws -> String {
        var values = try commonValues(language)
        values["title"] = words[language]?.leaves[page.title]?.text ?? ""
        values["path"] = page.path
        values["here"] = page.section.map { [$0: true] } ?? [:]
        values["languages"] = Language.allCases.map { other -> [String: Any] in
            ["code": other.rawValue, "name": other.endonym, "path": page.path, "current": other == language]
        }
        if let script = page.script {
            values["wordScript"] = try address(ofScript: WordModule.path(language, of: script))
            values["script"] = try address(ofScript: script)
            values["preloads"] = scripts.preloads(of: script).map { "/\($0)" }
        }
        if let asks = page.asks {
            values["asks"] = asks
            values["askEarly"] = try address(ofScript: Self.askEarly)
        }
        if let name = page.markdown {
            let file = "help/\(language.rawValue)/\(name)"
            let article = try Markdown.article(content.text(file), file: file)
            values["title"] = article.title
            values["article"] = try pictures.placed(in: article.html, language: language, file: file)
        }
        if let file = page.tables, let words = words[language] { values["sections"] = tables[file]?.values(in: words) }
        if page.showsMeasurements, let words = words[language] {
            values["measurements"] = measurements?.values(in: words, language)
        }
        return try templates.render(values, with: page.template)
    }

    /// What the pages without a language are made of: the words of all languages side by side.
    private func rootValues(script: String?) throws -> [String: Any] {
        var values: [String: Any] = ["stylesheet": "/\(stylesheet.name)"]
        values["languages"] = try Language.allCases.map(commonValues)
        if let script { values["script"] = try address(ofScript: script) }
        return values
    }

    private func commonValues(_ language: Language) throws -> [String: Any] {
        [
            "language": language.rawValue, "languageName": language.endonym, "root": "/\(language.rawValue)/",
            "words": words[language]?.tree ?? [:], "stylesheet": "/\(stylesheet.name)",
        ]
    }

    private func address(ofScript path: String) throws -> String {
        guard let name = scripts.hashed[path] else { throw SiteProblem("scripts/\(path)", "is missing") }
        return "/\(name)"
    }

    /// The scripts as pages load them, and for each page and language the words that its scripts use.
    private static func bundles(
        _ sources: [String: String], _ pages: PageList, _ words: [Language: Words], _ use: WordUse
    ) throws -> ScriptBundles {
        let modules = try ScriptModules(sources: sources)
        var all = sources
        var loaded = [languageChoice, askEarly].filter(sources.keys.contains).map { [$0] }
        for script in Set(pages.pages.compactMap(\.script)) {
            let files = Set(modules.needed(by: script).map { "scripts/\($0)" })
            loaded.append([script] + Language.allCases.map { WordModule.path($0, of: script) })
            for (language, words) in words {
                all[WordModule.path(language, of: script)] = WordModule.source(words, of: script, usedBy: use.of(files))
            }
        }
        return try ScriptBundles(ScriptModules(sources: all), pages: loaded)
    }

    private static func check(_ words: [Language: Words], pageUse: WordUse, scriptUse: WordUse) throws {
        guard let french = words[.french], let english = words[.english] else { return }
        var problems = Words.differences(french, english)
        problems += pageUse.missing(in: french) + scriptUse.missing(in: french)
        problems += french.leaves.filter {
            !pageUse.covers($0.key) && !scriptUse.covers($0.key) && !$0.key.hasPrefix(ViewerWords.prefix)
                && !$0.key.hasPrefix(Measurements.works)
        }.map {
            SiteProblem(french.file, line: $0.value.line, "nothing uses the word “\($0.key)”")
        }
        guard problems.isEmpty else { throw SiteProblems(problems) }
    }

    /// The texts of a folder by their path in it, without `suffix`.
    private static func sources(
        _ content: ContentFolder, _ folder: String, _ suffix: String
    ) throws -> [String: String] {
        try content.names(in: folder, suffix: suffix).reduce(into: [:]) { sources, name in
            sources[name] = try content.text(folder + name + suffix)
        }
    }
}
