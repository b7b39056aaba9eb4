import Archives
import ObjectStore
import Portal
import ScratchPortal
import Testing

@testable import Importing

/// The hostile archives of the corpus.
@Suite struct HostileArchiveTests {
    let portal: ScratchPortal

    init() throws { portal = try ScratchPortal() }

    private func run(_ name: String) throws -> ImportReport? {
        let bytes = Corpus.bytes("abuse/\(name)")
        guard !bytes.isEmpty else {
            print("NO CORPUS at \(Corpus.folder): \(name) is not tried")
            return nil
        }
        let upload = try Upload(files: [UploadedFile(name: name, object: try portal.spool(bytes))])
        defer { upload.discard() }
        return try ImportRun(
            upload, id: ObjectKey.randomName(), database: portal.database, store: portal.store, caller: .atTheMachine,
            address: "",
            options: ImportOptions()
        ).run()
    }

    @Test func namesThatClimbOutAreReportedAndTheGoodFileIsKept() throws {
        guard let report = try run("zipslip.zip") else { return }
        #expect(report.counts.stored >= 1)
        #expect(report.counts.rejected == report.counts.files - report.counts.stored)
        #expect(portal.files().allSatisfy { $0.hasPrefix("originals/") })
    }

    @Test(arguments: ["zip_symlink.zip", "zip_nested.zip"])
    func linksAndNestedArchivesAreNotFollowed(name: String) throws {
        guard let report = try run(name) else { return }
        #expect(report.counts.stored <= 1)
        #expect(report.counts.rejected >= 1)
        #expect(report.files.contains { $0.code == "entry.link" || $0.code == "archive.nested" })
    }

    @Test(arguments: ["zipbomb_1GiB.zip", "zip_lying_size.zip"])
    func aBombGivesNothing(name: String) throws {
        guard let report = try run(name) else { return }
        #expect(report.counts.files == report.counts.notDicom + report.counts.rejected + report.counts.stored)
        #expect(portal.files().count == report.counts.stored)
    }

    @Test func aMixedArchiveIsSortedOut() throws {
        guard let report = try run("zip_mixed.zip") else { return }
        #expect(report.counts.stored == 3)
        #expect(report.counts.identical == 1)
        #expect(report.counts.notDicom + report.counts.rejected + report.counts.skipped == 4)
        #expect(
            report.files.filter { $0.outcome == .rejected || $0.outcome == .notDicom }.allSatisfy { $0.message != nil })
    }

    @Test func aTruncatedArchiveIsRefusedWhole() throws {
        do {
            #expect(try run("zip_truncated.zip") == nil)
        } catch ImportRefusal.archive(.unreadable) {}
        #expect(portal.files().isEmpty)
    }

    @Test func aHundredThousandEntriesAreCountedOrRefused() throws {
        do {
            guard let report = try run("zip_100k_entries.zip") else { return }
            #expect(report.files.count <= ImportReport.mostFiles)
            #expect(report.counts.files == report.files.count + report.filesOmitted)
        } catch ImportRefusal.archive(.tooManyEntries) {}
    }
}
