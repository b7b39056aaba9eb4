import Testing

@testable import SiteBuilding

struct ScriptBundlesTests {
    /// What a browser gets for each entry, by its source path.
    private func bundled(_ sources: [String: String], pages: [[String]]) throws -> [String: String] {
        let bundles = try ScriptBundles(ScriptModules(sources: sources), pages: pages)
        return bundles.hashed.mapValues { String(decoding: bundles.files[$0] ?? [], as: UTF8.self) }
    }

    private func complaint(_ sources: [String: String], pages: [[String]]) -> String {
        do {
            _ = try bundled(sources, pages: pages)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func `a page's script and all that it imports are one file, each after what it imports`() throws {
        let sources = [
            "pages/home.js": "import { list } from '../list.js';\nimport '../dom.js';\nlist();\n",
            "list.js":
                "import { make as element, fill } from './dom.js';\n\nexport function list() {\n  fill(element());\n}\n",
            "dom.js": "export const make = 1;\nexport async function fill() {}\nexport class Box {}\n",
        ]
        #expect(
            try bundled(sources, pages: [["pages/home.js"]]) == [
                "pages/home.js": """
                const modules = {};
                modules['dom.js'] = (() => {
                const make = 1;
                async function fill() {}
                class Box {}

                return { make, fill, Box };
                })();
                modules['list.js'] = (() => {
                const { make: element, fill } = modules['dom.js'];

                function list() {
                  fill(element());
                }

                return { list };
                })();
                modules['pages/home.js'] = (() => {
                const { list } = modules['list.js'];

                list();

                })();

                """
            ])
    }

    @Test func `two modules may have names of their own that are the same`() throws {
        let sources = [
            "a.js": "import { b } from './b.js';\nconst soon = b;\n",
            "b.js": "const soon = 2;\nexport const b = soon;\n",
        ]
        let text = try #require(bundled(sources, pages: [["a.js"]])["a.js"])
        #expect(text.contains("(() => {\nconst soon = 2;\n") && text.contains("const soon = b;\n\n})();\n"))
    }

    @Test func `what two files of a page need exists once, in a file that they import`() throws {
        let sources = [
            "pages/home.js":
                "import { say } from '../say.js';\nimport '../own.js';\nconst open = () => await import('../later.js');\n",
            "own.js": "import './say.js';\n", "say.js": "import './words.js';\nexport const say = 1;\n",
            "words.js": "export const words = 1;\n",
            "later.js": "import { say } from './say.js';\nexport const later = say;\n",
            "pages/other.js": "import '../own.js';\n",
        ]
        let bundles = try ScriptBundles(
            ScriptModules(sources: sources), pages: [["pages/home.js"], ["pages/other.js"]])
        let common = try #require(bundles.hashed["common.js"])
        let later = try #require(bundles.hashed["later.js"])
        let text = bundles.hashed.mapValues { String(decoding: bundles.files[$0] ?? [], as: UTF8.self) }
        #expect(Set(text.keys) == ["common.js", "later.js", "pages/home.js", "pages/other.js"])
        let shared = text["common.js"]?.matches(of: /modules\['([a-z.]+)'\] =/).map(\.1)
        #expect(shared == ["words.js", "say.js"])
        for name in ["later.js", "pages/home.js", "pages/other.js"] {
            #expect(text[name]?.hasPrefix("import { modules } from '/\(common)';\n") == true)
            #expect(text[name]?.contains("modules['say.js'] = ") == false)
        }
        #expect(text["pages/home.js"]?.contains("await import('/\(later)')") == true)
        #expect(text["later.js"]?.hasSuffix("export const { later } = modules['later.js'];\n") == true)
        #expect(bundles.preloads(of: "pages/other.js") == [common])
    }

    @Test func `a script that imports and exports nothing stays as it is`() throws {
        #expect(
            try bundled(["a.js": "// why\nlocation.reload();\n"], pages: [["a.js"]]) == [
                "a.js": "\nlocation.reload();\n"
            ])
    }

    @Test func `lines keep their distance from the beginning of their module`() throws {
        let source = "/**\n * What it is.\n */\nimport './b.js';\n\nthrow new Error('line 6');\n"
        let text = try #require(bundled(["a.js": source, "b.js": "export const b = 1;\n"], pages: [["a.js"]])["a.js"])
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: "modules['a.js'] = (() => {"))
        #expect(lines[start + 6] == "throw new Error('line 6');")
    }

    @Test(arguments: [
        ("import { a } from './a.js';\n", "scripts/a.js:1: the import of “a.js” closes a circle"),
        ("\nimport { b } from './b.js';\n", "scripts/b.js:1: the import of “a.js” closes a circle"),
        ("\nimport a from './b.js';\n", "scripts/a.js:2: this form of import or export cannot"),
        ("import * as b from './b.js';\n", "scripts/a.js:1: this form of import or export cannot"),
        ("const a = 1;\n\nexport { a };\n", "scripts/a.js:3: this form of import or export cannot"),
        ("export let a = 1;\n", "scripts/a.js:1: this form of import or export cannot"),
        ("export default 1;\n", "scripts/a.js:1: this form of import or export cannot"),
        ("import 'react';\n", "scripts/a.js:1: the import “react” is not relative"),
        ("import './none.js';\n", "scripts/a.js:1: the import of “none.js” leads to no file"),
        ("export const a = 1;\n", "scripts/idle.js: no page loads it"),
    ])
    func `what cannot be put together is refused with its line`(source: String, expected: String) {
        let sources = ["a.js": source, "b.js": "import { a } from './a.js';\n", "idle.js": ""]
        #expect(complaint(sources, pages: [["a.js"], ["b.js"]]).hasPrefix(expected))
    }

    @Test func `what all pages share fetches nothing later, and its name is free`() {
        var sources = [
            "a.js": "import './c.js';\nawait import('./b.js');\n", "b.js": "import './c.js';\n", "d.js": "",
            "c.js": "\nconst open = () => await import('./d.js');\n",
        ]
        #expect(
            complaint(sources, pages: [["a.js"]]) == "scripts/c.js:2: what several files need cannot fetch “d.js” later"
        )
        sources["c.js"] = "import './common.js';\n"
        sources["common.js"] = ""
        sources["d.js"] = nil
        #expect(
            complaint(sources, pages: [["a.js"]]) == "scripts/common.js: has the name of the file that all pages share")
    }
}
