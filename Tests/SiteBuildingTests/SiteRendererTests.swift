import Testing

@testable import SiteBuilding

struct SiteRendererTests {
    @Test func `the same content gives the same bytes`() throws {
        #expect(try SmallContent.render() == SmallContent.render())
    }

    @Test func `each page stands in both languages`() throws {
        let site = try SmallContent.render()
        #expect(site["fr/index.html"]?.contains("<html lang=\"fr\">") == true)
        #expect(site["en/patients/index.html"]?.contains("<title>Patients &amp; studies</title>") == true)
    }

    @Test func `a value is escaped for HTML`() throws {
        let yaml = SmallContent.files["words/fr.yaml"]?.replacing("Accueil", with: "\"<b>'&\\\"\"")
        let page = try SmallContent.render(["words/fr.yaml": yaml])["fr/index.html"] ?? ""
        #expect(page.contains("<title>&lt;b&gt;&#39;&amp;&quot;</title>"))
    }

    @Test func `names of assets follow their content`() throws {
        let before = try SmallContent.render().keys.filter { $0.hasPrefix("assets/") }
        let after = try SmallContent.render(["scripts/words.js": "export const teach = 1;\n"]).keys
        #expect(before.contains { $0.contains(/^assets\/portal\.[0-9a-f]{10}\.css$/) })
        // The file that has words.js, the word modules and the page that import it; the style and the lone script stay.
        #expect(before.filter { !after.contains($0) }.count == 4)
    }

    @Test func `a page's script imports the hashed file that its words import too`() throws {
        let site = try SmallContent.render()
        let common = try #require(site.keys.first { $0.hasPrefix("assets/common.") })
        for script in ["assets/pages/home.", "assets/words-fr/pages/home."] {
            let text = try #require(site.first { $0.key.hasPrefix(script) }?.value)
            #expect(text.hasPrefix("import { modules } from '/\(common)';\n"))
            #expect(text.contains("const { teach } = modules['words.js'];\n"))
        }
    }

    @Test func `what is imported when it is needed has a hashed name, and is not loaded with the page`() throws {
        let home = """
            import '../words.js';
            plural('home.found', 2);
            const open = async () => (await import('../later.js')).open();

            """
        let template = "{{#preloads}}{{.}} {{/preloads}}" + (SmallContent.files["templates/page.mustache"] ?? "")
        let site = try SmallContent.render([
            "scripts/pages/home.js": home, "scripts/later.js": "export const open = 1;\n",
            "templates/page.mustache": template,
        ])
        let later = try #require(site.keys.first { $0.hasPrefix("assets/later.") }?.dropFirst("assets/".count))
        #expect(
            site.first { $0.key.hasPrefix("assets/pages/home.") }?.value.contains("import('/assets/\(later)')") == true)
        #expect(site["fr/index.html"]?.contains("/assets/common.") == true)
        #expect(site["fr/index.html"]?.contains("later") == false)
    }

    @Test func `what a page asks first is named in its head`() throws {
        let template = "{{#asks}}{{askEarly}} {{asks}}{{/asks}}" + (SmallContent.files["templates/page.mustache"] ?? "")
        let pages =
            "- {path: \"\", template: page, title: home.title, script: pages/home.js, asks: \"/api/a/{id}?b=1 /api/c\"}"
        let site = try SmallContent.render([
            "scripts/ask-early.js": "ask();\n", "templates/page.mustache": template,
            "pages.yaml": pages + (SmallContent.files["pages.yaml"] ?? "").drop { $0 != "\n" },
        ])
        #expect(
            site["fr/index.html"]?.contains(/^\/assets\/ask-early\.[0-9a-f]+\.js \/api\/a\/\{id\}\?b=1 \/api\/c/)
                == true)
        #expect(site["fr/patients/index.html"]?.contains("ask-early") == false)
    }

    @Test func `a page learns only the words that its scripts use`() throws {
        let site = try SmallContent.render([
            "scripts/pages/other.js": "import { teach } from '../words.js';\nword('home.help');\n",
            "pages.yaml": (SmallContent.files["pages.yaml"] ?? "")
                + "\n- {path: other/, template: page, title: home.title, script: pages/other.js}",
        ])
        let module = try #require(site.first { $0.key.hasPrefix("assets/words-fr/pages/home.") }?.value)
        #expect(module.contains("\"home.found.other\": \"{count} trouvés\","))
        #expect(!module.contains("Accueil") && !module.contains("Aide"))
    }

    @Test func `comments on lines of their own stay at home`() throws {
        let script = """
            /**
             * What it does.
             */
            // why
            /** @type {string} */
            const text = /** @type {any} */ ('/** no comment */'); // beside
              /** @type {any} */ (text).length;
            """
        let site = try SmallContent.render(["scripts/language-choice.js": script])
        let sent = try #require(site.first { $0.key.hasPrefix("assets/language-choice.") }?.value)
        let left = script.split(separator: "\n").suffix(2).joined(separator: "\n")
        #expect(sent == "\n\n\n\n\n" + left)
    }

    @Test(arguments: [
        (["words/en.yaml": "home: {title: Home}"], "words/en.yaml: lacks “home.patients”, which words/fr.yaml:3 has"),
        (["words/fr.yaml": "home:\n  title: [a]"], "words/fr.yaml:2: “home.title” is not a text"),
        (["words/fr.yaml": "home:\n  a: b: c"], "words/fr.yaml:2: is not YAML"),
        (["scripts/words.js": "word('home.absent');"], "scripts/words.js:1: the word “home.absent” is not in"),
        (
            ["scripts/words.js": "\nword(`none.${x}`);"],
            "scripts/words.js:2: no word in words/fr.yaml begins with “none.”"
        ),
        (["templates/root/404.mustache": "\n{{words.gone}}"], "templates/root/404.mustache:2: the word “gone”"),
        (
            ["templates/root/404.mustache": "{{#a}}\n{{/b}}"],
            "templates/root/404.mustache:2: is not a Mustache template"
        ),
        (["templates/root/404.mustache": "{{> none}}"], "templates/root/404.mustache:1: there is no template “none”"),
        (["scripts/extra.js": "import './none.js';"], "scripts/extra.js:1: the import of “none.js” leads to no file"),
        (["scripts/words.js": "import 'react';"], "scripts/words.js:1: the import “react” is not relative"),
        (["scripts/words.js": "import './pages/home.js';"], "closes a circle"),
        (["scripts/words.js": "page('gone/');"], "scripts/words.js:1: the link “gone/” leads to no page"),
        (["scripts/extra.js": ""], "scripts/extra.js: no page loads it"),
        (["styles/extra.css": ""], "styles/extra.css: portal.css does not import it"),
        (["help/fr/help.md": "Sans titre"], "help/fr/help.md:1: a help page begins with"),
        (["help/fr/help.md": "# A\n\n<script>"], "help/fr/help.md:3: HTML is not Markdown here"),
        (["help/fr/help.md": "# A\n\n[b](/fr/none/)"], "fr/help/index.html:1: the link “/fr/none/” leads nowhere"),
        (["templates/root/404.mustache": "<a href=\"/fr/#x\">"], "404.html:1: the link “/fr/#x” leads nowhere"),
        (["pages.yaml": "- {path: ../x, template: page, title: home.title}"], "pages.yaml:1: “../x” is not a path"),
        (["pages.yaml": "- {path: x/, template: page}"], "pages.yaml:1: a page needs path, template and title"),
    ])
    func `a fault is named with its file`(changes: [String: String], complaint: String) {
        #expect(SmallContent.complaint(changes).contains(complaint))
    }

    @Test func `a word that nothing uses is a fault`() {
        let changes = ["fr", "en"].reduce(into: [:]) { changes, language in
            changes["words/\(language).yaml"] = (SmallContent.files["words/\(language).yaml"] ?? "") + "\n  left: over"
        }
        #expect(SmallContent.complaint(changes) == "words/fr.yaml:7: nothing uses the word “home.left”")
    }

    @Test func `placeholders agree between the languages`() {
        let yaml = SmallContent.files["words/en.yaml"]?.replacing("one: \"{count}", with: "one: \"{number}")
        #expect(SmallContent.complaint(["words/en.yaml": yaml ?? ""]).contains("has other placeholders"))
    }
}
