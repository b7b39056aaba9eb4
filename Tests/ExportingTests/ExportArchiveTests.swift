import Archives
import Glibc
import Importing
import ObjectStore
import Portal
import Postgres
import ScratchPortal
import Testing

@testable import Exporting

@Suite struct ExportArchiveTests {
    let portal: ScratchPortal
    private let caller: Caller

    init() throws {
        portal = try ScratchPortal()
        caller = try portal.account("all", Permission.allCases, onAll: true)
    }

    /// What a portal gives when all of it is taken out.
    private static func export(_ portal: ScratchPortal, by caller: Caller = .atTheMachine) throws -> [UInt8] {
        let exports = Exports(database: portal.database, caller: caller)
        let archive = ExportArchive(
            try exports.folders(of: try exports.everything()), database: portal.database, store: portal.store,
            caller: caller
        ) { _ in }
        var bytes: [UInt8] = []
        try archive.write { bytes += $0 }
        return bytes
    }

    private static func contents(_ bytes: [UInt8], in portal: ScratchPortal) throws -> [(name: String, bytes: [UInt8])]
    {
        let spooled = try portal.spool(bytes)
        defer { spooled.discard() }
        let reader = try ArchiveReader(path: spooled.path, format: .zip)
        var found: [(name: String, bytes: [UInt8])] = []
        while let entry = try reader.next() {
            var content: [UInt8] = []
            while let chunk = try reader.chunk() { content += chunk }
            found.append((entry.name, content))
        }
        return found
    }

    private static func `import`(_ archive: [UInt8], into portal: ScratchPortal) throws -> ImportReport {
        let path = "\(portal.folder)/export.zip"
        let spooled = try portal.spool(archive)
        try #require(rename(spooled.path, path) == 0)
        defer { unlink(path) }
        let upload = try #require(try Upload.local([path]).first)
        return try Imports(database: portal.database, store: portal.store).run(
            upload, ImportWish(ImportOptions(), name: "export"), by: .atTheMachine
        ) { _ in }
    }

    private func store(_ files: SmallFile..., patient: String? = nil) throws {
        let batch = try files.map { try portal.spool(try $0.bytes()) }
        let outcomes = try portal.ingestor.ingest(batch, from: .init(route: .import, patient: patient))
        #expect(outcomes.allSatisfy { $0.instance != nil })
    }

    private func patient(_ id: String, issuer: String = "", _ more: (inout PatientDraft) -> Void = { _ in }) throws
        -> String
    {
        var draft = PatientDraft()
        draft.patientId = .set(id)
        draft.issuer = .set(issuer)
        draft.lastName = .set("Doe")
        more(&draft)
        return try Patients(database: portal.database, caller: .atTheMachine).make(draft).id
    }

    @Test func whatGoesOutComesInAndGoesOutAgainTheSame() throws {
        let jane = try patient("../42\\:é") { draft in
            draft.firstName = .set("Jane")
            draft.birthDate = .set("1980-02-29")
            draft.sex = .set("F")
            draft.notes = .set("one\ntwo")
            draft.lastVisit = .set("2026-01-02")
            draft.extra = .set(.object(["notes": .string("mine"), "deep": .array([.integer(1), .null])]))
        }
        let elsewhere = try patient("../42\\:é", issuer: "ELSEWHERE")
        var second = SmallFile(study: "1.2.4", series: "1.2.4.1", instance: "1.2.4.1.1")
        second.syntax = .implicitVRLittleEndian
        var waiting = SmallFile(study: "1.2.5", series: "1.2.5.1", instance: "1.2.5.1.1")
        waiting.patientID = ""
        try store(SmallFile(), SmallFile(instance: "1.2.3.1.2"), second, patient: jane)
        try store(SmallFile(study: "1.2.6", series: "1.2.6.1", instance: "1.2.6.1.1"), patient: elsewhere)
        try store(waiting)
        let first = try Self.contents(try Self.export(portal), in: portal)
        #expect(
            first.map(\.name) == [
                "Patient-.._42___/Patient-.._42___.json", "Patient-.._42___/1-07.dcm", "Patient-.._42___/1-07-2.dcm",
                "Patient-.._42___/1-07-3.dcm", "Patient-.._42___-2/Patient-.._42___-2.json",
                "Patient-.._42___-2/1-07.dcm", "Unattached/1-07.dcm", "DICOMDIR", "manifest.json",
            ])
        let other = try ScratchPortal()
        let report = try Self.import(try Self.export(portal), into: other)
        #expect(report.counts.stored == 5 && report.counts.rejected == 0)
        #expect(report.patients.map(\.action) == [.created, .created])
        #expect(report.patients.allSatisfy { $0.warnings.isEmpty })
        let again = try Self.contents(try Self.export(other), in: other)
        #expect(again.map(\.name) == first.map(\.name))
        for (one, other) in zip(first, again) { #expect(one.bytes == other.bytes, "\(one.name)") }
    }

    @Test func anArchiveIsCutWhenAFileOfItIsGone() throws {
        try store(SmallFile())
        let key = try #require(try portal.value("SELECT object_key FROM portal.instances"))
        try portal.store.remove(try #require(ObjectKey(key)))
        #expect(throws: StoreError.self) { try Self.export(portal) }
    }

    @Test func anArchiveIsCutWhenWhatItHoldsIsHiddenMeanwhile() throws {
        try store(SmallFile(), SmallFile(study: "1.2.4", series: "1.2.4.1", instance: "1.2.4.1.1"))
        let exports = Exports(database: portal.database, caller: caller)
        let archive = ExportArchive(
            try exports.folders(of: try exports.everything()), database: portal.database, store: portal.store,
            caller: caller
        ) { study in
            guard study == "1.2.3" else { return }
            _ = try Deletions(database: portal.database, caller: .atTheMachine).delete(study: "1.2.4")
        }
        #expect(throws: PortalError.notFound) { try archive.write { _ in } }
    }

    @Test func onlyWhoManagesUsersIsToldTheGroups() throws {
        let jane = try patient("42")
        try portal.database.execute("INSERT INTO portal.grants SELECT id, \(uuid: jane) FROM portal.groups")
        let reader = try portal.account("reader", [.view, .export], onAll: true)
        #expect(try Exports(database: portal.database, caller: caller).groups(of: jane) == ["all"])
        #expect(try Exports(database: portal.database, caller: reader).groups(of: jane) == [])
    }
}
