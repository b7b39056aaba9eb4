import Postgres
import Testing

@testable import Portal

struct AuditTests {
    private let portal: ScratchPortal
    private let chain: AuditChain
    private let audit: Audit

    init() throws {
        portal = try ScratchPortal()
        chain = AuditChain(database: portal.database)
        audit = Audit(database: portal.database, actor: nil, address: "192.0.2.1")
        for number in 0..<5 { try audit.record(.signIn, details: ["n": "\(number)"]) }
        try sealAll()
        for number in 0..<3 { try audit.record(.signOut, details: ["n": "\(number)"]) }
        try sealAll()
    }

    /// Seals all there is at once; transactions of tests in other databases of the cluster hold it up for a while.
    private func sealAll() throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try !portal.database.query(
            """
            SELECT 1 FROM portal.audit, pg_current_snapshot() now
            WHERE xid >= pg_snapshot_xmin(now) AND xid < pg_snapshot_xmax(now)
            """
        ).isEmpty {
            guard ContinuousClock.now < deadline else { throw PortalError.tooManyAttempts(secondsToWait: 60) }
        }
        try chain.seal()
    }

    /// Changes the record as someone would who owns the database.
    private func tamper(_ sql: String) throws {
        try portal.database.script(
            "ALTER TABLE portal.audit DISABLE TRIGGER USER; ALTER TABLE portal.audit_seals DISABLE TRIGGER USER; \(sql)"
        )
    }

    @Test func anUntouchedRecordIsAsItWasSealed() throws {
        try audit.record(.userMade)
        let found = try chain.verify()
        #expect((found.seals, found.sealedRows, found.unsealedRows, found.fault) == (2, 8, 1, nil))
        #expect(found.newest == (try chain.lastSeal()))
        #expect(try chain.verify(anchor: found.newest).fault == nil)
    }

    @Test(arguments: [
        "UPDATE portal.audit SET", "DELETE FROM portal.audit", "TRUNCATE portal.audit",
        "DELETE FROM portal.audit_seals",
    ]) func theRecordIsOnlyAppendedTo(statement: String) throws {
        let error = #expect(throws: PostgresError.self) {
            try portal.database.script(statement + (statement.hasSuffix("SET") ? " action = 'x'" : ""))
        }
        #expect(error?.sqlState == "42501")
    }

    @Test(arguments: [
        (
            "UPDATE portal.audit SET address = '' WHERE id = 2",
            AuditVerification.Fault.rowsDiffer(seal: 1, sealed: 5, found: 5)
        ),
        ("DELETE FROM portal.audit WHERE id = 7", .rowsDiffer(seal: 2, sealed: 3, found: 2)),
        (
            "INSERT INTO portal.audit (xid, action) SELECT xid, 'x' FROM portal.audit WHERE id = 3",
            .rowsBesideSeals(count: 1)
        ),
        ("DELETE FROM portal.audit_seals WHERE number = 1", .sealMissing(number: 1)),
        ("UPDATE portal.audit_seals SET rows = 4 WHERE number = 1", .rowsDiffer(seal: 1, sealed: 4, found: 5)),
    ]) func tamperingIsNoticed(sql: String, fault: AuditVerification.Fault) throws {
        try tamper(sql)
        #expect(try chain.verify().fault == fault)
    }

    @Test func aRecordThatWasCutOffIsNoticedByASealThatWasNotedElsewhere() throws {
        let newest = try #require(try chain.lastSeal())
        try tamper("DELETE FROM portal.audit WHERE id > 5; DELETE FROM portal.audit_seals WHERE number = 2")
        #expect(try chain.verify().fault == nil)
        #expect(try chain.verify(anchor: newest).fault == .anchorDiffers(number: 2))
    }

    @Test func whatARunningTransactionAddsIsSealedLater() throws {
        let other = try Connection(url: portal.url)
        try other.script("BEGIN; INSERT INTO portal.audit (action) VALUES ('slow')")
        try audit.record(.userMade)
        #expect(try chain.seal() == 0)
        try other.script("COMMIT")
        try sealAll()
        #expect(try chain.verify().sealedRows == 10)
    }

    @Test func inAnotherClusterTheChainGoesOn() throws {
        try audit.record(.userMade)
        // As if a backup came from a cluster that had counted much further.
        try tamper(
            """
            UPDATE portal.audit SET xid = (xid::text::bigint + 1000000)::text::xid8;
            DELETE FROM portal.audit_seals
            """)
        try portal.database.script(
            """
            INSERT INTO portal.audit_seals VALUES (1, 0, 8, '0', (SELECT (max(xid::text::bigint))::text::xid8
                FROM portal.audit), 8, '\\x00')
            """)
        let range = AuditChain.Range(
            after: 0, first: "0", below: try portal.text("SELECT below::text FROM portal.audit_seals"), last: 8)
        let hash = try chain.digest(over: range, former: "").hash
        try portal.database.execute("UPDATE portal.audit_seals SET hash = decode(\(hash), 'hex')")
        try audit.record(.userChanged)
        #expect(try chain.seal() == 1, "the rest of the former cluster")
        try sealAll()
        try audit.record(.userRemoved)
        try sealAll()
        let found = try chain.verify()
        #expect((found.seals, found.sealedRows, found.fault) == (4, 11, nil))
    }

    @Test func theListIsNarrowedAndPaged() throws {
        let patient = try portal.patient("P1")
        _ = try portal.study("1.1", patient: patient)
        let user = try portal.user("u", in: [try portal.group("all", [.view], .all)])
        let caller = try portal.caller(user)
        let visits = Visits(database: portal.database)
        for _ in 0..<3 { try visits.note(.studyViewed, study: "1.1", by: caller, at: "::1") }
        let list = AuditList(database: portal.database, caller: .atTheMachine)
        func found(_ change: (inout AuditFilter) -> Void) throws -> [String] {
            var filter = AuditFilter()
            change(&filter)
            return try list.list(filter, PageRequest()).items.map(\.action)
        }
        #expect(try found { $0.patient = patient } == ["study.viewed", "patient.made"])
        #expect(try found { $0.study = "1.1" } == ["study.viewed"])
        #expect(try found { $0.actor = user } == ["study.viewed"])
        #expect(try found { $0.action = "session." }.count == 8)
        #expect(try found { $0.action = "session.opened" }.count == 5)
        #expect(try found { $0.to = CalendarDay("2020-01-01") } == [])
        var all: [Int] = []
        var after: String?
        repeat {
            let page = try list.list(AuditFilter(), PageRequest(limit: 4, after: after))
            all += page.items.map(\.id)
            after = page.next
        } while after != nil
        #expect(all == all.sorted(by: >) && all.count == Set(all).count)
        #expect(all.count == (try portal.int("SELECT count(*) FROM portal.audit")))
        let first = try #require(try list.list(AuditFilter(), PageRequest()).items.first)
        #expect((first.actor?.email, first.patient?.patientId, first.sealed) == ("u@example.org", "P1", false))
        let blind = AuditList(database: portal.database, caller: .stranger)
        #expect(try blind.list(AuditFilter(), PageRequest()).items.first?.patient?.lastName == "")
    }

    @Test func whoReceivesIsNotedOncePerStudyAndVisit() throws {
        let study = try portal.study("1.1")
        let sender = try portal.sender("CT1")
        for _ in 0..<3 {
            try portal.database.query(
                "SELECT portal.note_received(NULL, \(uuid: sender), ARRAY[\(study)]::bigint[], '::1')")
        }
        let list = AuditList(database: portal.database, caller: .atTheMachine)
        var filter = AuditFilter()
        filter.action = "study.received"
        #expect(try list.list(filter, PageRequest()).items.map { $0.sender?.aeTitle } == ["CT1"])
    }
}

struct AuditFormsTests {
    private func entry(_ action: String, address: String = "192.0.2.1", name: String = "Ada") -> AuditEntry {
        AuditEntry(
            id: 1, at: "2024-05-06T07:08:09Z", actor: AuditEntry.Actor(id: "u", email: "ada@example.org", name: name),
            sender: nil, action: action,
            patient: AuditEntry.Patient(id: "p", patientId: "P1", lastName: "Du<pont>", firstName: "A&B"), study: "1.2",
            address: address, details: .object([:]), sealed: true)
    }

    @Test(arguments: ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\tx", "\rx"])
    func aSpreadsheetComputesNothing(name: String) throws {
        let row = try AuditTable.row(entry("study.viewed", name: name))
        #expect(row.contains("'" + name))
    }

    @Test func aRowHasItsCellsInOrder() throws {
        #expect(
            try AuditTable.row(entry("study.viewed", name: "A \"B\", C"))
                == "2024-05-06T07:08:09Z,study.viewed,ada@example.org,\"A \"\"B\"\", C\",,p,P1,1.2,192.0.2.1,{}\r\n")
    }

    @Test func aMessageIsAsTheStandardSays() {
        let xml = AuditMessage(entry("study.viewed")).xml
        #expect(
            xml == """
                <AuditMessage><EventIdentification EventActionCode="R" EventDateTime="2024-05-06T07:08:09Z" \
                EventOutcomeIndicator="0"><EventID csd-code="110103" codeSystemName="DCM" \
                originalText="DICOM Instances Accessed"/></EventIdentification>\
                <ActiveParticipant UserID="ada@example.org" UserName="Ada" UserIsRequestor="true" \
                NetworkAccessPointID="192.0.2.1" NetworkAccessPointTypeCode="2"/>\
                <AuditSourceIdentification AuditSourceID="Preview DICOM"><AuditSourceTypeCode csd-code="4" \
                codeSystemName="DCM" originalText="Application Server"/></AuditSourceIdentification>\
                <ParticipantObjectIdentification ParticipantObjectID="1.2" ParticipantObjectTypeCode="2" \
                ParticipantObjectTypeCodeRole="3"><ParticipantObjectIDTypeCode csd-code="110180" codeSystemName="DCM" \
                originalText="Study Instance UID"/><ParticipantObjectName></ParticipantObjectName>\
                </ParticipantObjectIdentification>\
                <ParticipantObjectIdentification ParticipantObjectID="P1" ParticipantObjectTypeCode="1" \
                ParticipantObjectTypeCodeRole="1"><ParticipantObjectIDTypeCode csd-code="2" codeSystemName="RFC-3881" \
                originalText="Patient Number"/><ParticipantObjectName>Du&lt;pont&gt;^A&amp;B</ParticipantObjectName>\
                </ParticipantObjectIdentification></AuditMessage>
                """)
    }

    @Test(arguments: Audit.Action.allCases) func everyActionHasAnEvent(action: Audit.Action) {
        let xml = AuditMessage(entry(action.rawValue)).xml
        #expect(!xml.contains("110100"), "Application Activity is for what nobody knows")
    }
}
