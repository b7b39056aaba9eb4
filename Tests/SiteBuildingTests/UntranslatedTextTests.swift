import Testing

@testable import SiteBuilding

struct UntranslatedTextTests {
    @Test(arguments: [
        "<p>\nSave</p>", "<p>{{words.a.b}} or not</p>", "<button aria-label=\"{{words.a}} Close\">x</button>",
        "<input\n placeholder=\"Nom\">", "{{#a}}Rien{{/a}}",
    ])
    func `text of a template is found`(template: String) {
        #expect(UntranslatedText.problems(inTemplate: template, file: "x").count == 1)
    }

    @Test(arguments: [
        "<p>{{words.a.b}} · {{{c}}}</p>", "<a lang=\"fr\">Français</a>", "<kbd>Ctrl</kbd><code>GET /api</code>",
        "{{<frame}}{{$main}}<p class=\"buttons dialog\" data-kind=\"bad\">×</p>{{/main}}{{/frame}}", "<!-- Why -->",
        "<title>{{title}} · Preview DICOM</title>",
    ])
    func `names, code and words are no text of one language`(template: String) {
        #expect(UntranslatedText.problems(inTemplate: template, file: "x").isEmpty)
    }

    @Test(arguments: [
        "say('Nothing was found');", "const a = `Il manque ${x} fichiers`;", "x.textContent = 'Save';",
        "announce('Done');", "let a = \"Terminé\";", "notice('bad', 'Failed');",
    ])
    func `a sentence of a script is found`(script: String) {
        #expect(!UntranslatedText.problems(inScript: "// fine\n\(script)", file: "x").isEmpty)
        #expect(UntranslatedText.problems(inScript: "// fine\n\(script)", file: "x").first?.line == 2)
    }

    @Test(arguments: [
        "make('p', { class: 'buttons dialog-buttons' });", "word('a.b');", "/** Says why. */ f('ISO 8859-5');",
        "const t = [['curl', `curl -H \"Authorization: Bearer ${secret}\"`]];", "x.textContent = word('a.b');",
    ])
    func `selectors, names and commands are no sentences`(script: String) {
        #expect(UntranslatedText.problems(inScript: script, file: "x").isEmpty)
    }

    @Test func `a site with such a text is not rendered`() {
        let complaint = SmallContent.complaint(["templates/root/404.mustache": "<title>404</title>\n<p>Not here</p>"])
        #expect(complaint.hasPrefix("templates/root/404.mustache:2: “Not here"))
    }
}
