import HTTPModel
import Portal
import Postgres
import ScratchPortal
import Testing

@testable import Importing

@Suite struct ImportsTests {
    let portal: ScratchPortal
    let editor: Caller

    init() throws {
        portal = try ScratchPortal()
        editor = try portal.account("editor", [.view, .import, .editPatients], onAll: true)
    }

    private var imports: Imports { Imports(database: portal.database, store: portal.store) }

    private func request(
        _ body: [UInt8], type: String = "application/zip", query: String = "", pieces: Int = 1000
    ) -> Request {
        let chunks = Chunks(body, pieces)
        return Request(
            method: .post, path: "/api/patients/import", query: query, headers: ["Content-Type": type],
            body: RequestBody(declaredLength: body.count) { chunks.next() })
    }

    /// A body in small pieces; a class, because it is read once.
    private final class Chunks: @unchecked Sendable {  // read by one test, one piece after the other
        private var rest: ArraySlice<UInt8>
        private let length: Int

        init(_ bytes: [UInt8], _ length: Int) {
            rest = bytes[...]
            self.length = length
        }

        func next() -> [UInt8]? {
            defer { rest = rest.dropFirst(length) }
            return rest.isEmpty ? nil : Array(rest.prefix(length))
        }
    }

    private func run(
        _ files: [(name: String, content: [UInt8])], query: String = "", by caller: Caller? = nil
    ) throws -> ImportReport {
        let request = request(StoredZip.bytes(files), query: query)
        return try imports.run(request, try ImportWish(request), by: caller ?? editor)
    }

    @Test func aFileThatBeginsLikeAnArchiveIsKeptWithItsHash() throws {
        var file = try SmallFile().bytes()
        file.replaceSubrange(0..<4, with: [0x50, 0x4B, 3, 4])  // the preamble is anybody's (PS3.10 §7.1)
        let request = request(file, type: "application/dicom", pieces: 7)
        #expect(try imports.run(request, try ImportWish(request), by: editor).counts.stored == 1)
        let hashes = try portal.database.query("SELECT length(sha256) FROM portal.instances")
        #expect(try hashes.map { try $0.int(0) } == [32])
    }

    private func refusal(_ files: [(name: String, content: [UInt8])], query: String = "") -> HTTPError? {
        do {
            _ = try run(files, query: query)
            return nil
        } catch { return error as? HTTPError }
    }

    private let sidecar = Array(
        #"""
        {"id": "42", "firstName": "Jane", "lastName": "Doe", "dob": "29/02/1980", "condition": "Toux",
         "lastVisit": "2026-01-02", "dicomStudyUid": "1.2.3", "orthancPatientId": "x", "colour": {"deep": [1, null]}}
        """#.utf8)

    private func legacy() throws -> [(name: String, content: [UInt8])] {
        [
            ("Patient-42/Patient-42.json", sidecar), ("Patient-42/1-01.dcm", try SmallFile().bytes()),
            ("Patient-42/1-02.dcm", try SmallFile(instance: "1.2.3.1.2").bytes()),
            ("Patient-42/note.txt", [0x68, 0x69]),
            ("__MACOSX/Patient-42/._1-01.dcm", [1, 2, 3]), ("Patient-42/.DS_Store", [1]),
        ]
    }

    @Test func aFolderWithItsSidecarIsImported() throws {
        let report = try run(try legacy())
        #expect(report.patients.map(\.action) == [.created])
        #expect(report.files.map(\.outcome) == [.skipped, .stored, .stored, .notDicom, .skipped, .skipped])
        #expect(report.studies.map(\.instances) == [2])
        #expect(report.studies[0].patient == report.patients[0].id)
        let row = try portal.database.query(
            """
            SELECT patient_id, last_name, first_name, birth_date::text, condition, status, last_visit::text, extra::text,
                (SELECT count(*) FROM portal.studies WHERE patient = p.id)
            FROM portal.patients p
            """)
        #expect(row.count == 1)
        #expect(
            try (0..<9).map { try row[0].text($0) } == [
                "42", "Doe", "Jane", "1980-02-29", "Toux", "toRead", "2026-01-02", #"{"colour": {"deep": [1, null]}}"#,
                "1",
            ])
        #expect(portal.files().count == 2)
    }

    @Test func aCorrectionOfAnExportIsMadeAgainByWhoMayCorrect() throws {
        let corrected = Array(
            #"""
            {"id": "42", "lastName": "Doe", "studies": [{"studyInstanceUID": "1.2.3", "correction":
                {"name": "Right^Name", "patientId": "42", "issuer": "", "birthDate": "", "sex": "F", "system": "ELSEWHERE"}}]}
            """#.utf8)
        let files = [("p/p.json", corrected), ("p/1-01.dcm", try SmallFile().bytes())]
        let some = try portal.account("some", [.view, .import, .editPatients], onAll: false)
        #expect(try run(files, by: some).patients[0].warnings == [.notCorrected("1.2.3")])
        #expect(try portal.value("SELECT overlay::text FROM portal.studies") == nil)
        #expect(try run(files).patients[0].warnings == [])
        let shown: SQL = "SELECT concat_ws('/', overlay ->> 'name', overlay ->> 'system', revision) FROM portal.studies"
        let once = try portal.value(shown)
        #expect(once?.hasPrefix("Right^Name/ELSEWHERE/") == true)
        _ = try run(files)
        #expect(try portal.value(shown) == once)
    }

    @Test func theSameArchiveAgainChangesNothing() throws {
        let files = try legacy()
        _ = try run(files)
        let report = try run(files)
        #expect(report.patients.map(\.action) == [.unchanged])
        #expect(report.counts.identical == 2)
        #expect(report.counts.stored == 0)
        #expect(try portal.value("SELECT revision FROM portal.studies") == "2")
        #expect(portal.files().count == 2)
    }

    @Test func aDryRunAnswersTheSameAndKeepsNothing() throws {
        let report = try run(try legacy(), query: "dryRun=true")
        #expect(report.dryRun)
        #expect(report.patients.map(\.action) == [.created])
        #expect(report.counts.stored == 2)
        for table in ["patients", "studies", "imports"] { #expect(try portal.count(table) == 0) }
        #expect(portal.files().isEmpty)
    }

    @Test func onlyMembersThatAreNamedReplaceWhatIsThere() throws {
        _ = try run(try legacy())
        let change = Array(#"{"external_id": "42", "last_name": "Roe", "condition": ""}"#.utf8)
        let report = try run([("Patient-42/x.json", change)])
        #expect(report.patients.map(\.action) == [.updated])
        #expect(
            try portal.value("SELECT concat_ws('|', last_name, first_name, condition, birth_date) FROM portal.patients")
                == "Roe|Jane||1980-02-29")
        #expect(
            try run([("Patient-42/x.json", sidecar)], query: "onExisting=skip").patients.map(\.action) == [.skipped])
        #expect(try portal.value("SELECT last_name FROM portal.patients") == "Roe")
    }

    @Test func onExistingFailStoresNothingAtAll() throws {
        _ = try run([("Patient-42/x.json", sidecar)])
        let error = refusal(try legacy(), query: "onExisting=fail")
        #expect(error?.status == 409)
        #expect(error?.code == "patient.exists")
        #expect(portal.files().isEmpty)
    }

    @Test func oneBadFileOrSidecarUndoesNothingElse() throws {
        let report = try run([
            ("Patient-1/Patient-1.json", Array("{\"id\": \"1\",\n  \"lastName\": }".utf8)),
            ("Patient-1/a.dcm", try SmallFile().bytes()),
            ("Patient-2/Patient-2.json", Array(#"{"id": "2", "lastName": "Two", "dob": "2026-13-01"}"#.utf8)),
            ("Patient-2/b.dcm", Array(try SmallFile(instance: "1.2.3.1.2").bytes().prefix(400))),
            ("Patient-3/Patient-3.json", Array(#"{"id": "3", "lastName": "Three"}"#.utf8)),
            ("Patient-3/c.dcm", try SmallFile(study: "1.5", series: "1.5.1", instance: "1.5.1.1").bytes()),
        ])
        #expect(report.files.map(\.outcome) == [.rejected, .stored, .rejected, .notDicom, .skipped, .stored])
        #expect(report.files[0].message == "The document is not JSON. Line 2, column 15: a value is expected here.")
        #expect(report.files[2].code == "sidecar.dob")
        #expect(report.patients.map(\.patientId) == ["3"])
    }

    @Test func whatCannotBeReadAtAllIsRefused() throws {
        let zip = StoredZip.bytes(try legacy())
        let bodies: [(body: [UInt8], type: String, status: Status, code: String)] = [
            (Array(zip.prefix(zip.count - 30)), "application/zip", 400, "import.archive"),
            (Array("no archive".utf8), "application/zip", 400, "import.archiveType"),
            ([], "application/zip", 400, "import.empty"), (zip, "text/plain", 415, "import.mediaType"),
            (StoredZip.bytes([]), "application/zip", 400, "import.archive"),
            (StoredZip.bytes([("a.json", [0x7B])]), "application/zip", 400, "import.json"),
            (StoredZip.bytes([("a.json", Array(#"{"id": 7}"#.utf8))]), "application/zip", 422, "import.sidecar"),
        ]
        for (body, type, status, code) in bodies {
            let request = request(body, type: type)
            #expect {
                try imports.run(request, try ImportWish(request), by: editor)
            } throws: { error in
                (error as? HTTPError)?.status == status && (error as? HTTPError)?.code == code
            }
        }
        #expect(portal.files().isEmpty)
        #expect(try portal.count("studies") == 0)
        #expect(try portal.value("SELECT count(*) FROM portal.imports WHERE state <> 'failed'") == "0")
    }

    @Test func aFormOfFilesIsTheSameTree() throws {
        var body: [UInt8] = []
        for (name, content) in try legacy() {
            let head = "--XX\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(name)\"\r\n\r\n"
            body += Array(head.utf8) + content + [13, 10]
        }
        body += Array("--XX\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhi\r\n--XX--\r\n".utf8)
        let request = request(body, type: "multipart/form-data; boundary=XX")
        let report = try imports.run(request, try ImportWish(request), by: editor)
        #expect(report.files.map(\.outcome) == [.skipped, .stored, .stored, .notDicom, .skipped, .skipped])
        #expect(report.patients.map(\.patientId) == ["42"])
        #expect(portal.files().count == 2)
    }

    @Test func aSingleDICOMFileIsAnImport() throws {
        let request = request(try SmallFile().bytes(), type: "application/dicom")
        let report = try imports.run(request, try ImportWish(request), by: editor)
        #expect(report.counts.stored == 1)
        #expect(try portal.value("SELECT patient_id FROM portal.patients") == "P1")
    }

    @Test(arguments: [("keep", 1, 0), ("warn", 1, 1), ("overlay", 1, 0), ("reject", 0, 0)])
    func theIdentityPolicyDecidesOnFilesOfAnotherPatient(policy: String, stored: Int, warnings: Int) throws {
        let sidecar = #"{"id": "42", "lastName": "Other", "identityPolicy": "\#(policy)"}"#
        let report = try run([("p/s.json", Array(sidecar.utf8)), ("p/a.dcm", try SmallFile().bytes())])
        #expect(report.counts.stored == stored)
        #expect(report.patients[0].warnings.count == warnings)
        #expect(report.files[1].code == (stored == 1 ? nil : "instance.declined"))
    }

    @Test func overlayShowsStudiesUnderTheSidecarsPatientForWhoMayCorrect() throws {
        let sidecar = Array(#"{"id": "42", "lastName": "Right", "sex": "F", "identityPolicy": "overlay"}"#.utf8)
        let files = [("p/s.json", sidecar), ("p/a.dcm", try SmallFile().bytes())]
        let some = try portal.account("some", [.view, .import, .editPatients], onAll: false)
        #expect(try run(files, by: some).patients[0].warnings == [.notCorrected("1.2.3")])
        #expect(try run(files).patients[0].warnings == [])
        let shown: SQL =
            "SELECT concat_ws('/', patient_name, patient_id, overlay ->> 'system', original ->> 'patientID') FROM portal.studies"
        #expect(try portal.value(shown) == "Right/42/PREVIEWDICOM/P1")
        let revision = try portal.value("SELECT revision FROM portal.studies")
        #expect(try run(files).counts.identical == 1)
        #expect(try portal.value("SELECT revision FROM portal.studies") == revision)
    }

    @Test func onlyAnExportSaysThatAPatientHasNoName() throws {
        #expect(refusal([("p/s.json", Array(#"{"id": "42", "lastName": ""}"#.utf8))])?.code == "import.sidecar")
        let nameless = [("p/s.json", Array(#"{"version": 1, "id": "42", "lastName": "", "notes": "n"}"#.utf8))]
        #expect(try run(nameless).patients.map(\.action) == [.created])
        #expect(try portal.value("SELECT concat_ws('/', last_name, notes) FROM portal.patients") == "/n")
        #expect(try run(nameless).patients.map(\.action) == [.unchanged])
        _ = try run([("p/s.json", Array(#"{"id": "42", "lastName": "Named"}"#.utf8))])
        #expect(try run(nameless).patients.map(\.action) == [.unchanged])
        #expect(try portal.value("SELECT last_name FROM portal.patients") == "Named")
    }

    @Test func withoutEditPatientsFilesAreTakenAndPatientsAreNot() throws {
        let importer = try portal.account("importer", [.view, .import], onAll: false)
        let report = try run(try legacy(), by: importer)
        #expect(report.patients.map(\.action) == [.skipped])
        #expect(report.patients[0].id == nil)
        #expect(report.patients[0].warnings == [.notAllowed])
        #expect(report.counts.stored == 2)
        #expect(try portal.count("patients") == 0)
    }

    @Test func studiesThatWereThereJoinTheSidecarsPatientUnlessTheyHaveOne() throws {
        _ = try run(
            [("a.dcm", try SmallFile().bytes())], by: try portal.account("reader", [.view, .import], onAll: true))
        #expect(try portal.value("SELECT patient::text FROM portal.studies") == nil)
        let report = try run(try legacy())
        #expect(try portal.value("SELECT patient::text FROM portal.studies") == report.patients[0].id)
        let other = Array(#"{"id": "43", "lastName": "Other"}"#.utf8)
        let second = try run([("p/s.json", other), ("p/a.dcm", try SmallFile().bytes())])
        #expect(second.patients[0].warnings == [.studyElsewhere(report.studies[0].studyInstanceUID)])
        #expect(try portal.value("SELECT patient::text FROM portal.studies") == report.patients[0].id)
    }

    @Test func hostileEntriesAreReportedAndTheRestIsImported() throws {
        let nested = StoredZip.bytes([("x", [1])])
        let report = try run([
            ("../../evil.dcm", try SmallFile(instance: "1.2.7").bytes()), ("/abs.dcm", [1]), ("a/../b.dcm", [1]),
            ("inner.zip", nested), ("good.dcm", try SmallFile().bytes()),
        ])
        #expect(report.files.map(\.outcome) == [.rejected, .rejected, .rejected, .rejected, .stored])
        #expect(report.files[3].code == "archive.nested")
        #expect(portal.files().count == 1)
    }

    @Test func aListOfPatientsNamesTheirFolders() throws {
        let list = #"[{"id": "1", "lastName": "One", "folder": "x"}, {"id": "2", "lastName": "Two"}]"#
        let report = try run([
            ("root/patients.json", Array(list.utf8)), ("root/x/deep/a.dcm", try SmallFile().bytes()),
            ("root/Patient-2/b.dcm", try SmallFile(study: "1.5", series: "1.5.1", instance: "1.5.1.1").bytes()),
        ])
        #expect(report.patients.map(\.patientId) == ["1", "2"])
        #expect(report.studies.map(\.patient) == report.patients.map(\.id))
    }

    @Test func anImportCanBeLookedAt() throws {
        let id = "5a0c1f5e-0000-4000-8000-000000000001"
        _ = try run(try legacy(), query: "id=\(id)&name=Export.zip")
        let shown = try #require(try imports.find(id, for: editor))
        let document = try JSONReader.read(shown.document)
        #expect(document["state"] == .string("done"))
        #expect(document["name"] == .string("Export.zip"))
        #expect(document["report"]?["counts"]?["stored"] == .number("2"))
        let other = try portal.account("other", [.view, .import], onAll: true)
        #expect(try imports.find(id, for: other) == nil)
        #expect(try imports.find("x", for: editor) == nil)
        #expect(refusal(try legacy(), query: "id=\(id)")?.code == "import.exists")
    }

    @Test func anImportWhoseProcessIsGoneIsInterrupted() throws {
        let id = "5a0c1f5e-0000-4000-8000-000000000002"
        let process = try portal.anotherConnection()
        #expect(try ImportRecords(database: process).begin(id, by: editor, name: "x", bytesTotal: 1))
        try imports.markInterrupted()
        #expect(try portal.value("SELECT state FROM portal.imports") == "running")
        process.close()
        while try portal.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") != "0" {}
        try imports.markInterrupted()
        #expect(try portal.value("SELECT state FROM portal.imports") == "interrupted")
    }

    @Test func aDeferredImportIsRunByItsJob() throws {
        let id = "5a0c1f5e-0000-4000-8000-000000000003"
        let request = request(StoredZip.bytes(try legacy()), query: "async=true&id=\(id)")
        try imports.take(request, try ImportWish(request), by: editor)
        #expect(try portal.value("SELECT state FROM portal.imports") == "running")
        #expect(try imports.awaitedFiles() == Set(portal.files()))
        let arguments = try #require(
            try portal.value("SELECT arguments::text FROM portal.jobs WHERE kind = 'import.run'"))
        try imports.resume(Array(arguments.utf8))
        #expect(try portal.value("SELECT state FROM portal.imports") == "done")
        #expect(try portal.count("instances") == 2)
        #expect(portal.files().count == 2)
    }

    @Test(arguments: ["dryRun=perhaps", "onExisting=x", "id=7", "async=1"])
    func anUnknownWishIsRefused(query: String) {
        #expect(throws: HTTPError.self) { try ImportWish(request([], query: query)) }
    }
}
