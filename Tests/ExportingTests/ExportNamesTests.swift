import Testing

@testable import Exporting

@Suite struct ExportNamesTests {
    @Test(arguments: [
        ("42", "Patient-42"), ("../../etc/passwd", "Patient-.._.._etc_passwd"), ("C:\\x", "Patient-C__x"),
        ("été\n\u{0}", "Patient-_t___"), ("", "Patient-"), ("a.", "Patient-a_"), ("１２", "Patient-__"),
        (String(repeating: "9", count: 64), "Patient-" + String(repeating: "9", count: 48)),
    ])
    func aFolderIsNamedInPlainASCII(id: String, name: String) {
        var names = ExportNames()
        #expect(names.begin(patientID: id) == name)
    }

    @Test func foldersDifferInAnyCaseOfLetters() {
        var names = ExportNames()
        let ids = ["a", "A", "a-2", "A", "á", "ä"]
        #expect(
            ids.map { names.begin(patientID: $0) } == [
                "Patient-a", "Patient-A-2", "Patient-a-2-2", "Patient-A-3", "Patient-_", "Patient-_-2",
            ])
    }
}
