@testable import SiteBuilding

/// The least content that renders, as a folder in memory that a test changes.
enum SmallContent {
    static let files: [String: String] = [
        "pages.yaml": """
        - {path: "", template: page, title: home.title, script: pages/home.js, section: home}
        - {path: patients/, template: page, title: home.patients}
        - {path: help/, template: help, title: home.help, markdown: help.md}
        """,
        "words/fr.yaml": """
        home:
          title: Accueil
          patients: Patients & examens
          help: Aide
          found: {one: "{count} trouvé", other: "{count} trouvés"}
          skip: Aller au contenu
        """,
        "words/en.yaml": """
        home:
          title: Home
          patients: Patients & studies
          help: Help
          found: {one: "{count} found", other: "{count} found"}
          skip: Go to the content
        """,
        "templates/page.mustache": """
        <!doctype html><html lang="{{language}}"><head><meta name="generator" content="site-build">
        <link rel="stylesheet" href="{{stylesheet}}"><title>{{title}}</title>
        {{#script}}<script type="module" src="{{wordScript}}"></script>
        <script type="module" src="{{.}}"></script>{{/script}}</head>
        <body><a href="#main">{{words.home.skip}}</a><main id="main"><a href="{{root}}patients/">x</a></main></body></html>
        """,
        "templates/help.mustache": "<title>{{title}}</title>{{{article}}}",
        "templates/root/index.mustache": """
        <meta name="generator" content="site-build">{{#languages}}<a href="{{root}}">{{languageName}}</a>{{/languages}}
        <script type="module" src="{{script}}"></script>
        """,
        "templates/root/404.mustache": "<title>404</title>",
        "scripts/words.js": "export const teach = words => words;\n",
        "scripts/language-choice.js": "location.replace('/fr/');\n",
        "scripts/pages/home.js": "import { teach } from '../words.js';\nplural('home.found', 2);\n",
        "styles/portal.css": "@import \"tokens.css\";\nbody { color: var(--ink); }\n",
        "styles/tokens.css": ":root { --ink: black; }\n",
        "help/fr/help.md": "# Premiers pas\n\nVoir les [patients](/fr/patients/).\n",
        "help/en/help.md": "# First steps\n\nSee the [patients](/en/patients/).\n",
        "static/favicon.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    ]

    /// The content with some files put in place of others; nil leaves a file out.
    static func with(_ changes: [String: String?]) -> ContentFolder {
        var files = files
        for (path, text) in changes { files[path] = text }
        return ContentFolder(files: files.mapValues { Array($0.utf8) })
    }

    static func render(_ changes: [String: String?] = [:]) throws -> [String: String] {
        try SiteRenderer(content: with(changes)).render().mapValues { String(decoding: $0, as: UTF8.self) }
    }

    /// What rendering complains about, one line each.
    static func complaint(_ changes: [String: String?]) -> String {
        do {
            _ = try render(changes)
            return ""
        } catch {
            return "\(error)"
        }
    }
}
