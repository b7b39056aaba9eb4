import HTTPModel
import Portal
import Postgres
import ScratchPortal
import Testing

@testable import Importing

@Suite struct ReceivingImportsTests {
    let portal: ScratchPortal
    let owner: Caller

    init() throws {
        portal = try ScratchPortal()
        owner = try portal.account("owner", [.view, .import, .editPatients], onAll: true)
    }

    private var imports: Imports { Imports(database: portal.database, store: portal.store) }

    private func begin(_ files: [(path: String, content: [UInt8])], quota: Int = 1 << 40) throws -> String {
        let wanted = ImportAnnouncement(
            name: "x", onExisting: nil, files: files.map { ImportFiles.Declared(path: $0.path, size: $0.content.count) }
        )
        return try imports.begin(wanted, by: owner, quota: quota).id
    }

    @discardableResult
    private func send(_ bytes: [UInt8], at offset: Int = 0, _ n: Int = 0, of id: String) throws -> Int {
        try imports.receive(.bytes(bytes), at: offset, file: "\(n)", of: id, by: owner)
    }

    private func runJob() throws {
        let arguments = try #require(
            try portal.value("SELECT arguments::text FROM portal.jobs WHERE kind = 'import.run'"))
        try imports.resume(Array(arguments.utf8))
    }

    private func code(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch { return (error as? HTTPError)?.code }
    }

    @Test func aFileComesInPiecesAndIsStored() throws {
        let bytes = try SmallFile().bytes()
        let id = try begin([("a.dcm", bytes)])
        #expect(try send(Array(bytes.prefix(100)), of: id) == 100)
        #expect(code { try send([1], at: 99, of: id) } == "import.offset")
        #expect(code { _ = try imports.commit(id, isPartial: false, by: owner, at: "") } == "import.incomplete")
        #expect(try send(Array(bytes.dropFirst(100)), at: 100, of: id) == bytes.count)
        #expect(code { try send([1], at: bytes.count, of: id) } == "import.size")
        #expect(try imports.commit(id, isPartial: false, by: owner, at: "").state == "waiting")
        #expect(try imports.awaitedFiles().count == 1)
        try runJob()
        #expect(try portal.value("SELECT state FROM portal.imports") == "done")
        #expect(try portal.value("SELECT import::text FROM portal.instances") == id)
        #expect(portal.files() == [try portal.value("SELECT object_key FROM portal.instances")])
        #expect(try portal.count("import_files") == 0)
        #expect(try imports.commit(id, isPartial: false, by: owner, at: "").state == "done")
    }

    @Test func whatCameBeforeTheConnectionBrokeIsKept() throws {
        struct Broken: Error {}
        let id = try begin([("a", [1, 2, 3, 4])])
        var pieces: [[UInt8]] = [[1, 2], [3]]
        let body = RequestBody(declaredLength: 4) {
            guard !pieces.isEmpty else { throw Broken() }
            return pieces.removeFirst()
        }
        #expect(throws: Broken.self) { try imports.receive(body, at: 0, file: "0", of: id, by: owner) }
        #expect(try imports.file("0", of: id, for: owner).received == 3)
        #expect(try send([4], at: 3, of: id) == 4)
    }

    @Test func ofAPieceThatIsTooLongNothingIsKept() throws {
        let id = try begin([("a", [1, 2, 3, 4])])
        var pieces: [[UInt8]] = [[1, 2], [3, 4, 5]]
        let body = RequestBody(declaredLength: nil) { pieces.isEmpty ? nil : pieces.removeFirst() }
        #expect(code { _ = try imports.receive(body, at: 0, file: "0", of: id, by: owner) } == "import.size")
        #expect(try imports.file("0", of: id, for: owner).received == 0)
    }

    @Test func theJobCanBeginAgainAfterACrash() throws {
        let bytes = try SmallFile().bytes()
        let id = try begin([("a.dcm", bytes)])
        try send(bytes, of: id)
        _ = try imports.commit(id, isPartial: false, by: owner, at: "")
        // The first attempt stored the file, and died before it could say so.
        try portal.database.script(
            """
            CREATE FUNCTION portal.fail() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '57P01'; END $$;
            CREATE TRIGGER fail BEFORE UPDATE ON portal.imports FOR EACH ROW WHEN (NEW.state = 'done')
                EXECUTE FUNCTION portal.fail();
            """)
        #expect(throws: (any Error).self) { try runJob() }
        #expect(try portal.count("instances") == 1)
        try portal.database.script("DROP TRIGGER fail ON portal.imports")
        try runJob()
        #expect(try portal.value("SELECT report #>> '{counts,identical}' FROM portal.imports") == "1")
        #expect(portal.files().count == 1)
    }

    @Test func knownFilesAreNotSentAndCountAsIdentical() throws {
        let bytes = try SmallFile().bytes()
        let first = try begin([("a.dcm", bytes)])
        try send(bytes, of: first)
        _ = try imports.commit(first, isPartial: false, by: owner, at: "")
        try runJob()
        let hash = try #require(try portal.value("SELECT encode(sha256, 'hex') FROM portal.instances"))
        let id = try begin([("b.dcm", bytes), ("c.dcm", [1])])
        let hashes = [FileHash(n: 0, sha256: hash), FileHash(n: 1, sha256: hash)]
        #expect(try imports.recognise(hashes, of: id, for: owner) == [0])
        #expect(
            code { _ = try imports.recognise([FileHash(n: 0, sha256: "0")], of: id, for: owner) } == "import.sha256")
        _ = try imports.commit(id, isPartial: true, by: owner, at: "")
        try portal.database.execute("DELETE FROM portal.jobs WHERE arguments ->> 'import' = \(first)")
        try runJob()
        let report: SQL = "SELECT report -> 'files' FROM portal.imports WHERE id = \(uuid: id)"
        let files = try JSONReader.read(Array(try #require(try portal.value(report)).utf8))
        guard case .array(let rows) = files else {
            Issue.record("the report has no files")
            return
        }
        #expect(rows.map { $0["outcome"]?.string } == ["identical", "rejected"])
        #expect(rows[1]["code"]?.string == "file.missing")
    }

    @Test func cancellingRemovesWhatCame() throws {
        let id = try begin([("a", [1, 2])])
        try send([1, 2], of: id)
        #expect(portal.files().count == 1)
        try imports.cancel(id, by: owner)
        #expect(portal.files().isEmpty)
        #expect(code { _ = try imports.commit(id, isPartial: true, by: owner, at: "") } == "import.notReceiving")
        #expect(try portal.value("SELECT receipt ->> 'filesReceived' FROM portal.imports") == "1")
    }

    @Test func anImportThatIsCancelledBeforeItsJobIsNotStored() throws {
        let bytes = try SmallFile().bytes()
        let id = try begin([("a.dcm", bytes)])
        try send(bytes, of: id)
        _ = try imports.commit(id, isPartial: false, by: owner, at: "")
        try imports.cancel(id, by: owner)
        try runJob()
        #expect(try portal.count("instances") == 0)
        #expect(try portal.value("SELECT state FROM portal.imports") == "cancelled")
    }

    @Test func othersFindNothing() throws {
        let id = try begin([("a", [1])])
        let other = try portal.account("other", [.view, .import, .administer], onAll: false)
        #expect(code { _ = try imports.receive(.bytes([1]), at: 0, file: "0", of: id, by: other) } == "notFound")
        #expect(code { _ = try imports.file("0", of: id, for: other) } == "notFound")
        #expect(code { try imports.cancel(id, by: other) } == "notFound")
        for n in ["-1", "1", "x", "99999999999"] {
            #expect(code { _ = try imports.file(n, of: id, for: owner) } == "notFound")
        }
    }

    @Test func theQuotaIsOfAllTogether() throws {
        _ = try begin([("a", [1, 2])], quota: 3)
        #expect(code { _ = try begin([("b", [1, 2])], quota: 3) } == "import.quota")
        _ = try begin([("b", [1])], quota: 3)
        #expect(try portal.count("imports") == 2)
    }

    @Test func silentImportsAreCancelledByTheUpkeep() throws {
        let (silent, fresh) = (try begin([("a", [1])]), try begin([("a", [1, 2])]))
        try send([1], of: fresh)
        try portal.database.execute("UPDATE portal.imports SET started_at = now() - interval '8 days'")
        try imports.tidy()
        let state = { (id: String) in try portal.value("SELECT state FROM portal.imports WHERE id = \(uuid: id)") }
        #expect(try state(silent) == "cancelled")
        #expect(try state(fresh) == "receiving")
    }
}
