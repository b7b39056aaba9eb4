import Glibc
import ObjectStore
import Portal
import Postgres
import ScratchPortal
import Testing

@testable import Ingestion

@Suite struct DurabilityTests {
    let portal: ScratchPortal
    let machine = IngestSource(route: .import)

    init() throws { portal = try ScratchPortal() }

    @Test func withoutADatabaseNothingIsAcknowledgedNorLeftBehind() throws {
        let spooled = try portal.spool(try SmallFile().bytes())
        let away = try Connection(url: "host=/nonexistent")
        #expect(throws: PostgresError.self) {
            try Ingestor(database: away, store: portal.store).ingest([spooled], from: machine)
        }
        #expect(portal.files().isEmpty)
    }

    @Test func aFailureBetweenRenameAndCommitLeavesAtMostAnOrphanThatTheScrubTakes() throws {
        try portal.database.script(
            """
            CREATE FUNCTION portal.fail() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
            CREATE TRIGGER fail BEFORE UPDATE ON portal.series EXECUTE FUNCTION portal.fail();
            """)
        let bytes = try SmallFile().bytes()
        #expect(throws: PostgresError.self) { try portal.ingestor.ingest([try portal.spool(bytes)], from: machine) }
        #expect(try portal.count("instances") == 0)
        #expect(try portal.count("studies") == 0)
        #expect(portal.files().count == 1)
        try portal.database.script("DROP TRIGGER fail ON portal.series")
        #expect(try portal.ingestor.ingest([try portal.spool(bytes)], from: machine)[0].instance != nil)
        let scrub = StoreScrub(database: portal.database, store: portal.store)
        #expect(try scrub.run() == StoreScrub.Result())
        let later = Int(time(nil)) + StoreScrub.originalAge + 10
        #expect(try scrub.run(now: later) == StoreScrub.Result(incoming: 0, originals: 1))
        #expect(portal.files() == [try portal.value("SELECT object_key FROM portal.instances")])
    }

    @Test func aRefusalOfTheDatabaseTakesTheFileBack() throws {
        try portal.database.script(
            """
            CREATE FUNCTION portal.fail() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '42501'; END $$;
            CREATE TRIGGER fail BEFORE INSERT ON portal.instances EXECUTE FUNCTION portal.fail();
            """)
        let spooled = try portal.spool(try SmallFile().bytes())
        #expect(throws: PostgresError.self) { try portal.ingestor.ingest([spooled], from: machine) }
        #expect(portal.files().isEmpty)
    }

    @Test func aFileThatCannotReachTheDeviceIsNotFiled() throws {
        let spooled = try portal.spool(try SmallFile().bytes())
        #expect(throws: StoreError.self) {
            try portal.ingestor.ingest([spooled], from: machine) { _ in
                spooled.discard()  // between reading and filing
                return nil
            }
        }
        #expect(try portal.count("instances") == 0)
        #expect(try portal.count("studies") == 0)
        #expect(portal.files().isEmpty)
        #expect(
            try portal.ingestor.ingest([try portal.spool(try SmallFile().bytes())], from: machine)[0].instance != nil)
    }

    @Test func anInstanceThatTheIndexCannotHoldIsRefusedAlone() throws {
        try portal.database.script(
            """
            CREATE FUNCTION portal.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.uid = '1.2.3.1.2' THEN RAISE EXCEPTION 'no' USING ERRCODE = '22P05'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER fail BEFORE INSERT ON portal.instances FOR EACH ROW EXECUTE FUNCTION portal.fail();
            """)
        let batch = try (1...3).map { try portal.spool(SmallFile(instance: "1.2.3.1.\($0)").bytes()) }
        let outcomes = try portal.ingestor.ingest(batch, from: machine)
        #expect(outcomes.map { $0.instance == nil } == [false, true, false])
        #expect(portal.files().count == 2)
        #expect(try portal.value("SELECT instance_count FROM portal.studies") == "2")
    }

    @Test func whatACrashLeftUnderIncomingGoes() throws {
        _ = try portal.spool([1, 2, 3])
        let awaited = try portal.store.settle(try portal.spool([4]))
        let scrub = StoreScrub(database: portal.database, store: portal.store)
        let later = Int(time(nil)) + StoreScrub.incomingAge + 10
        #expect(try scrub.run(now: later, keeping: [awaited.text]) == StoreScrub.Result(incoming: 1, originals: 0))
        #expect(portal.files() == [awaited.text])
    }

    /// The race of two processes for the same new SOP Instance UIDs, many times.
    @Test(arguments: [false, true])
    func twoProcessesStoringTheSameInstancesKeepOneOfEach(contentsDiffer: Bool) async throws {
        let connect = portal.anotherConnection
        let outcomes = try await withThrowingTaskGroup(of: [[IngestOutcome]].self) { group in
            for process in 0..<2 {
                let connection = UncheckedConnection(try connect())
                let store = portal.store
                group.addTask {
                    try (0..<25).map { round in
                        let batch = try (0..<4).map { number in
                            var file = SmallFile(
                                study: "1.9.\(round)", series: "1.9.\(round).1", instance: "1.9.\(round).1.\(number)")
                            if contentsDiffer { file.pixels[0] = UInt8(process + 10) }
                            let spool = try store.newSpool()
                            try spool.write(try file.bytes())
                            return try spool.finish()
                        }
                        return try Ingestor(database: connection.value, store: store)
                            .ingest(process == 0 ? batch : batch.reversed(), from: IngestSource(route: .import))
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1.joined() }
        }
        let stored = outcomes.count { if case .stored = $0 { true } else { false } }
        let second = outcomes.count { outcome in
            switch outcome {
            case .identical: !contentsDiffer
            case .conflict: contentsDiffer
            default: false
            }
        }
        #expect((stored, second) == (100, 100))
        #expect(try portal.count("instances") == 100)
        #expect(try portal.count("series") == 25)
        #expect(try portal.value("SELECT sum(instance_count) FROM portal.studies") == "100")
        #expect(try portal.value("SELECT sum(series_count) FROM portal.studies") == "25")
        #expect(try portal.value("SELECT sum(instance_count) FROM portal.series") == "100")
        #expect(try portal.count("conflicts") == (contentsDiffer ? 100 : 0))
        #expect(portal.files().count == (contentsDiffer ? 300 : 100))
    }

    private struct UncheckedConnection: @unchecked Sendable {  // each task has its own
        let value: Connection
        init(_ value: Connection) { self.value = value }
    }
}
