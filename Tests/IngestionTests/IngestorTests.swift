import DICOM
import ObjectStore
import Portal
import Postgres
import ScratchPortal
import Testing

@testable import Ingestion

@Suite struct IngestorTests {
    let portal: ScratchPortal
    let machine = IngestSource(route: .import)

    init() throws { portal = try ScratchPortal() }

    private func ingest(_ files: [[UInt8]], from source: IngestSource? = nil) throws -> [IngestOutcome] {
        try portal.ingestor.ingest(try files.map { try portal.spool($0) }, from: source ?? machine)
    }

    private func word(_ outcome: IngestOutcome) -> String {
        switch outcome {
        case .stored: "stored"
        case .identical: "identical"
        case .conflict: "conflict"
        case .refused(let refused): "\(refused.reason)"
        }
    }

    @Test func aFileIsKeptExactlyAsItCame() throws {
        let bytes = try SmallFile().bytes()
        #expect(try ingest([bytes]).map(word) == ["stored"])
        let key = try #require(ObjectKey(try portal.value("SELECT object_key FROM portal.instances") ?? ""))
        #expect(try portal.store.open(key).read(at: 0, count: bytes.count + 1) == bytes)
        #expect(portal.files() == [key.text])
    }

    @Test func theIndexHoldsWhatTheFileSays() throws {
        _ = try ingest([try SmallFile().bytes()])
        let row = try portal.database.query(
            """
            SELECT s.started::text, s.patient_name, s.description, s.instance_count, s.series_count, m.modalities::text,
                e.number, e.modality, i.number, i.rows, i.frame_count, i.transfer_syntax, p.last_name, p.birth_date::text,
                s.attributes #>> '{00100010,Value,0,Alphabetic}', e.attributes #>> '{00080060,Value,0}',
                i.attributes #>> '{00280010,Value,0}', e.revision, s.revision
            FROM portal.studies s JOIN portal.series e ON e.study_id = s.id JOIN portal.instances i ON i.series_id = e.id
            JOIN portal.modality_sets m ON m.id = s.modality_set JOIN portal.patients p ON p.id = s.patient
            """)[0]
        let found = try (0..<19).map { try row.textOrNil($0) }
        #expect(
            found == [
                "2026-01-02 03:04:05", "Doe^Jane", "Thorax", "1", "1", "{CT}", "1", "CT", "7", "2", "1",
                "1.2.840.10008.1.2.1", "Doe", "1980-02-29", "Doe^Jane", "CT", "2", "2", "2",
            ])
    }

    @Test func metadataIsJSONWithoutBulkData() throws {
        _ = try ingest([try SmallFile().bytes()])
        let packed = try portal.database.query("SELECT metadata, frames, data_set_offset::int FROM portal.instances")[0]
        #expect(try packed.bytes(0).starts(with: [0x1F, 0x8B]))
        let table = try #require(FrameTable(encoded: try packed.bytes(1)))
        #expect(table.count == 1)
        #expect(table.length(of: 0) == 4)
    }

    @Test func theSameBytesAgainAreIdentical() throws {
        let bytes = try SmallFile().bytes()
        #expect(try ingest([bytes, bytes]).map(word) == ["stored", "identical"])
        #expect(try ingest([bytes]).map(word) == ["identical"])
        #expect(try portal.count("instances") == 1)
        #expect(try portal.value("SELECT instance_count FROM portal.studies") == "1")
        #expect(portal.files().count == 1)
    }

    @Test(arguments: [TransferSyntax.implicitVRLittleEndian, .explicitVRBigEndian, .deflatedExplicitVRLittleEndian])
    func theSameContentInAnotherSyntaxIsIdentical(syntax: TransferSyntax) throws {
        var file = SmallFile()
        _ = try ingest([try file.bytes()])
        file.syntax = syntax
        #expect(try ingest([try file.bytes()]).map(word) == ["identical"])
        #expect(portal.files().count == 1)
    }

    @Test func otherContentIsKeptAsideAndTheFirstStays() throws {
        var file = SmallFile()
        let first = try file.bytes()
        _ = try ingest([first])
        file.pixels = [9, 9, 9, 9]
        let second = try file.bytes()
        #expect(try ingest([second]).map(word) == ["conflict"])
        #expect(try ingest([second]).map(word) == ["conflict"])
        #expect(try portal.count("conflicts") == 1)
        #expect(try portal.value("SELECT count(*) FROM portal.audit WHERE action = 'instance.conflict'") == "1")
        let key = try #require(ObjectKey(try portal.value("SELECT object_key FROM portal.conflicts") ?? ""))
        #expect(try portal.store.open(key).read(at: 0, count: 10_000) == second)
        #expect(portal.store.contains(key.marker))
        #expect(portal.files().count == 3)
        let live = try #require(ObjectKey(try portal.value("SELECT object_key FROM portal.instances") ?? ""))
        #expect(try portal.store.open(live).read(at: 0, count: 10_000) == first)
    }

    @Test func oneBatchMayHoldTheSameInstanceWithOtherContent() throws {
        var file = SmallFile()
        let first = try file.bytes()
        file.name = "Other^Name"
        #expect(try ingest([first, try file.bytes()]).map(word) == ["stored", "conflict"])
    }

    @Test func whatIsRefusedUndoesNothingAndLeavesNothing() throws {
        var traversal = SmallFile(instance: "../../etc/passwd")
        traversal.series = "1.2.3.9"
        let files = [
            Array("hello".utf8), try SmallFile().bytes(), try traversal.bytes(), [],
            Array(try SmallFile(instance: "1.2.9").bytes().prefix(300)),
        ]
        #expect(
            try ingest(files).map(word) == ["unreadable", "stored", "malformedUID", "unreadable", "unreadable"])
        #expect(portal.files().count == 1)
        #expect(try portal.count("series") == 1)
    }

    @Test(arguments: [
        "1.2.3\0", "1.2..3", "1.2.a", ".1", "1.", "1.2;ls", String(repeating: "1", count: 65), "1.2\\3.4", "/1.2", "",
    ])
    func aMalformedUIDIsRefused(uid: String) throws {
        let isPadding = uid == "1.2.3\0"  // one NUL only makes the length even
        for tag in [Tag.studyInstanceUID, .seriesInstanceUID, .sopInstanceUID] {
            var file = SmallFile()
            file.others = [SmallFile.text(tag, .UI, uid)]
            #expect(try ingest([try file.bytes()]).map(word) == [isPadding ? "stored" : "malformedUID"])
            try portal.database.execute("DELETE FROM portal.studies")
        }
    }

    @Test func aLeadingZeroIsAWarning() throws {
        let outcomes = try ingest([try SmallFile(instance: "1.2.03").bytes()])
        #expect(outcomes.map(word) == ["stored"])
        #expect(outcomes[0].warnings == [.leadingZero])
    }

    @Test func anotherStudyThanTheRequestsIsRefused() throws {
        let spooled = try portal.spool(try SmallFile().bytes())
        let outcomes = try portal.ingestor.ingest([spooled], from: machine, studyUID: UID("1.2.4"))
        #expect(outcomes.map(word) == ["otherStudy"])
    }

    @Test func aCommandThatAnnouncesAnotherInstanceIsRefused() throws {
        let file = SmallFile()
        let announced = FileMeta.bytes(
            sopClass: file.sopClass, sopInstance: "1.2.3.1.2", transferSyntax: file.syntax.uid.text)
        let source = IngestSource(route: .cStore)
        #expect(try ingest([announced + file.body()], from: source).map(word) == ["otherInstance"])
        #expect(try ingest([file.bytes()], from: source).map(word) == ["stored"])
    }

    @Test func aSeriesCannotBeInTwoStudies() throws {
        _ = try ingest([try SmallFile().bytes()])
        #expect(try ingest([try SmallFile(study: "1.2.4", instance: "1.2.5").bytes()]).map(word) == ["seriesElsewhere"])
        #expect(try portal.count("studies") == 1)
        #expect(portal.files().count == 1)
    }

    @Test func textThatPostgreSQLCannotHoldNeverReachesIt() throws {
        var file = SmallFile()
        file.others = [
            DataElement(.patientName, .PN, .bytes(Array("A\0B^".utf8) + [0xFF, 0xFE])),
            DataElement(.studyDescription, .LO, .bytes(Array("x\0y\\z".utf8))),
            DataElement(.seriesDescription, .LO, .bytes([UInt8](repeating: 0x41, count: 60_000))),
            DataElement(.patientComments, .LT, .bytes([UInt8](repeating: 0x41, count: 60_000))),
            DataElement(.sliceThickness, .DS, .bytes(Array("1e999999".utf8))),
            DataElement(.instanceNumber, .IS, .bytes(Array("99999999999".utf8))),
        ]
        #expect(try ingest([try file.bytes()]).map(word) == ["stored"])
        #expect(try portal.value("SELECT length(description) FROM portal.series") == "256")
    }

    @Test func theFirstInstanceNamesTheStudy() throws {
        _ = try ingest([try SmallFile().bytes()])
        var other = SmallFile(instance: "1.2.3.1.2")
        other.name = "Somebody^Else"
        #expect(try ingest([try other.bytes()])[0].warnings == [.otherPatient])
        #expect(try portal.value("SELECT patient_name FROM portal.studies") == "Doe^Jane")
    }

    @Test func modalitiesOfAStudyGrowWithItsSeries() throws {
        _ = try ingest([try SmallFile().bytes()])
        var second = SmallFile(series: "1.2.3.2", instance: "1.2.3.2.1")
        second.modality = "SR"
        _ = try ingest([try second.bytes()])
        #expect(
            try portal.value(
                "SELECT m.modalities::text FROM portal.modality_sets m JOIN portal.visible_studies v ON v.modality_set = m.id"
            )
                == "{CT,SR}")
    }

    @Test func examiningKeepsNothing() throws {
        let bytes = try SmallFile().bytes()
        let examine = { try portal.ingestor.examine([try portal.spool(bytes)], from: machine).map(word) }
        #expect(try examine() == ["stored"])
        #expect(portal.files().isEmpty)
        #expect(try portal.count("studies") == 0)
        _ = try ingest([bytes])
        #expect(try examine() == ["identical"])
    }

    @Test func aDecliningCallerKeepsAFileOut() throws {
        let spooled = try portal.spool(try SmallFile().bytes())
        let outcomes = try portal.ingestor.ingest([spooled], from: machine, accepting: { _ in "Not this one." })
        let refusal = outcomes.first?.refusal
        #expect(refusal?.reason == .declined && refusal?.message == "Not this one.")
        #expect(refusal?.sopInstanceUID.isEmpty == false)
        #expect(portal.files().isEmpty)
    }
}
