import DICOM
import Foundation
import Portal
import ScratchPortal
import Testing
import WriteCounting

@testable import Ingestion

@Suite struct RightsTests {
    let portal: ScratchPortal

    init() throws { portal = try ScratchPortal() }

    private func ingest(_ file: SmallFile, from source: IngestSource) throws -> IngestOutcome {
        try portal.ingestor.ingest([try portal.spool(try file.bytes())], from: source)[0]
    }

    private func source(_ caller: Caller) -> IngestSource { IngestSource(caller: caller, route: .stow) }

    @Test func aHiddenStudyTakesNothingAndTellsNothing() throws {
        let alice = try portal.account("alice", [.view, .import], onAll: false)
        let bob = try portal.account("bob", [.view, .import], onAll: false)
        #expect(try ingest(SmallFile(), from: source(alice)).instance != nil)
        #expect(try ingest(SmallFile(instance: "1.2.3.1.2"), from: source(alice)).instance != nil)
        #expect(try ingest(SmallFile(instance: "1.2.3.1.3"), from: source(bob)).refusal?.reason == .hiddenStudy)
        // A known instance under another study's name is as hidden as the study that has it.
        #expect(
            try ingest(SmallFile(study: "1.2.8", series: "1.2.8.1"), from: source(bob)).refusal?.reason == .hiddenStudy)
        #expect(portal.files().count == 2)
        #expect(try portal.count("studies") == 1)
        #expect(
            try portal.value(
                "SELECT string_agg(study, ' ' ORDER BY id) FROM portal.audit WHERE action = 'store.refused'")
                == "1.2.3 1.2.8")
    }

    /// Who read something meanwhile need not ask again, unless a study changes hands.
    @Test func onlyFilingThatMayTakeSomethingAwayIsCounted() throws {
        let path = "/tmp/writes-\(UInt32.random(in: .min ... .max))"
        try Data(count: 8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let writes = try #require(WriteCounter(path: path))
        let ingestor = Ingestor(database: try portal.connection(counting: writes), store: portal.store)
        func isCounted(_ file: SmallFile, from source: IngestSource) throws -> Bool {
            let before = writes.value
            #expect(try ingestor.ingest([try portal.spool(try file.bytes())], from: source)[0].instance != nil)
            return writes.value != before
        }
        let alice = source(try portal.account("alice", [.view, .import], onAll: false))
        #expect(try !isCounted(SmallFile(), from: alice))
        #expect(try !isCounted(SmallFile(instance: "1.2.3.1.2"), from: alice))
        let key = try #require(
            try portal.value("INSERT INTO portal.patients (patient_id) VALUES ('P7') RETURNING id::text"))
        let machine = IngestSource(route: .import, patient: key)
        #expect(try isCounted(SmallFile(instance: "1.2.3.1.3"), from: machine))
        #expect(try portal.value("SELECT patient::text FROM portal.studies") == key)
    }

    @Test func oneWhoSeesAllStoresIntoAnyStudy() throws {
        let alice = try portal.account("alice", [.view, .import], onAll: false)
        let chief = try portal.account("chief", [.view, .import], onAll: true)
        _ = try ingest(SmallFile(), from: source(alice))
        #expect(try ingest(SmallFile(instance: "1.2.3.1.2"), from: source(chief)).instance != nil)
    }

    @Test func anUnknownPatientIsMadeOnlyWithEditPatients() throws {
        let reader = try portal.account("reader", [.view, .import], onAll: true)
        let editor = try portal.account("editor", [.view, .import, .editPatients], onAll: true)
        _ = try ingest(SmallFile(), from: source(reader))
        #expect(try portal.count("patients") == 0)
        _ = try ingest(SmallFile(study: "1.5", series: "1.5.1", instance: "1.5.1.1"), from: source(editor))
        #expect(try portal.value("SELECT patient_id FROM portal.patients") == "P1")
        #expect(try portal.value("SELECT count(*) FROM portal.studies WHERE patient IS NULL") == "1")
    }

    @Test func aSendersGroupLimitsWhereItStores() throws {
        let row = try portal.database.query(
            """
            WITH g AS (INSERT INTO portal.groups (name, permissions) VALUES ('ward', '{view}') RETURNING id)
            INSERT INTO portal.senders (ae_title, group_id) SELECT 'CT1', id FROM g RETURNING id::text, group_id::text
            """)[0]
        let sender = SenderIdentity(id: try row.text(0), groupID: try row.text(1), mayEditPatients: false)
        let limited = IngestSource(sender: sender, route: .cStore)
        _ = try ingest(SmallFile(), from: IngestSource(route: .import))
        #expect(try ingest(SmallFile(instance: "1.2.3.1.2"), from: limited).refusal?.reason == .hiddenStudy)
        let own = SmallFile(study: "1.7", series: "1.7.1", instance: "1.7.1.1")
        #expect(try ingest(own, from: limited).instance != nil)
        #expect(
            try ingest(SmallFile(study: "1.7", series: "1.7.1", instance: "1.7.1.2"), from: limited).instance != nil)
    }

    @Test func aSendersCharacterSetReadsWhatItsFilesDoNotTell() throws {
        let row = try portal.database.query(
            "INSERT INTO portal.senders (ae_title, charset) VALUES ('OLD1', 'GBK') RETURNING id::text")[0]
        let sender = SenderIdentity(
            id: try row.text(0), groupID: nil, mayEditPatients: true, characterSet: "GBK")
        var file = SmallFile()
        // 王^小 in GBK, under no Specific Character Set
        file.others = [
            DataElement(.specificCharacterSet, .CS, .bytes([])),
            DataElement(.patientName, .PN, .bytes([0xCD, 0xF5, 0x5E, 0xD0, 0xA1, 0x20])),
        ]
        #expect(try ingest(file, from: IngestSource(sender: sender, route: .cStore)).instance != nil)
        #expect(try portal.value("SELECT patient_name FROM portal.studies") == "王^小")
        #expect(try portal.value("SELECT attributes::text LIKE '%王^小%' FROM portal.studies") == "t")
    }

    @Test func aStrangerStoresNothing() throws {
        #expect(throws: (any Error).self) { try ingest(SmallFile(), from: source(.stranger)) }
        #expect(portal.files().isEmpty)
        #expect(try portal.count("studies") == 0)
    }

    @Test func aSidecarsPatientGetsNewStudiesWhateverTheirFilesSay() throws {
        let key = try #require(
            try portal.value("INSERT INTO portal.patients (patient_id) VALUES ('X9') RETURNING id::text"))
        _ = try ingest(SmallFile(), from: IngestSource(route: .import, patient: key))
        #expect(try portal.value("SELECT patient::text FROM portal.studies") == key)
        #expect(try portal.count("patients") == 1)
        #expect(
            try portal.value("SELECT patient::text FROM portal.visible_studies WHERE scope_id = 1") == key)
    }
}
