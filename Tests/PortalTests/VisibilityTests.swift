import Postgres
import Testing

@testable import Portal

struct VisibilityTests {
    private let portal: ScratchPortal

    init() throws { portal = try ScratchPortal() }

    @Test func eachSeesWhatItsGroupsGrantAndNothingElse() throws {
        let p1 = try portal.patient("P1")
        let p2 = try portal.patient("P2")
        let p3 = try portal.patient("P3")
        for (number, patient) in [p1, p2, p3].enumerated() { _ = try portal.study("1.\(number + 1)", patient: patient) }
        let a = try portal.group("a", [.view])
        let b = try portal.group("b", [.view, .editPatients])
        let blind = try portal.group("blind", [.export])
        for (patient, group) in [(p1, a), (p2, a), (p2, b), (p3, blind)] { try portal.groups.grant(patient, to: group) }
        let all = try portal.user("all", in: [try portal.group("all", [.view], .all)])
        let inA = try portal.user("a", in: [a])
        let inBoth = try portal.user("both", in: [a, b])
        let inBlind = try portal.user("blind", in: [blind])
        let alone = try portal.user("alone")
        let herself = try portal.user("herself", in: [a], patient: p3)
        #expect(try portal.visibleStudies(all) == ["1.1", "1.2", "1.3"])
        #expect(try portal.visibleStudies(inA) == ["1.1", "1.2"])
        #expect(try portal.visibleStudies(inBoth) == ["1.1", "1.2"])
        #expect(try portal.visibleStudies(inBlind) == [])
        #expect(try portal.visibleStudies(alone) == [])
        #expect(try portal.visibleStudies(herself) == ["1.3"])
        #expect(try portal.visiblePatients(inA) == ["P1", "P2"])
        #expect(try portal.visiblePatients(herself) == ["P3"])
        #expect(try portal.caller(herself).permissions == [.view])
        try expectListsAreRight(portal)
    }

    @Test func aGrantAndItsEndHoldAtOnce() throws {
        let patient = try portal.patient("P1")
        _ = try portal.study("1.1", patient: patient)
        let group = try portal.group("a", [.view])
        let user = try portal.user("a", in: [group])
        #expect(try portal.visibleStudies(user) == [])
        try portal.groups.grant(patient, to: group)
        #expect(try portal.visibleStudies(user) == ["1.1"])
        try portal.groups.revoke(patient, from: group)
        #expect(try portal.visibleStudies(user) == [])
        #expect(try portal.visiblePatients(user) == [])
        try expectListsAreRight(portal)
    }

    @Test func aWaitingStudyIsSeenByItsBringerItsSendersGroupAndThoseWhoSeeAll() throws {
        let team = try portal.group("team", [.view])
        let importers = try portal.group("importers", [.import])
        let all = try portal.user("all", in: [try portal.group("all", [.view], .all)])
        let inTeam = try portal.user("team", in: [team])
        let bringer = try portal.user("bringer", in: [importers])
        let other = try portal.user("other", in: [importers])
        let sender = try portal.sender("CT1", group: team)
        _ = try portal.study("1.1", broughtBy: bringer)
        _ = try portal.study("1.2", sender: sender)
        #expect(try portal.visibleStudies(all) == ["1.1", "1.2"])
        #expect(try portal.visibleStudies(bringer) == ["1.1"])
        #expect(try portal.visibleStudies(inTeam) == ["1.2"])
        #expect(try portal.visibleStudies(other) == [])
        try Senders(database: portal.database).change(sender, allowed: nil, charset: nil, group: .clear)
        #expect(try portal.visibleStudies(inTeam) == [])
        try expectListsAreRight(portal)
    }

    @Test func anAttachedStudyBelongsToThoseWhoSeeItsPatient() throws {
        let bringer = try portal.user("bringer", in: [try portal.group("importers", [.import])])
        let key = try portal.study("1.1", broughtBy: bringer)
        let patient = try portal.patient("P1")
        try portal.database.query("SELECT portal.attach_study(\(key), \(uuid: patient))")
        #expect(try portal.visibleStudies(bringer) == [])
        try portal.database.query("SELECT portal.attach_study(\(key), NULL)")
        #expect(try portal.visibleStudies(bringer) == ["1.1"])
        try expectListsAreRight(portal)
    }

    @Test func losingViewOrTheGroupTakesTheSight() throws {
        let patient = try portal.patient("P1")
        _ = try portal.study("1.1", patient: patient)
        let group = try portal.group("a", [.view])
        try portal.groups.grant(patient, to: group)
        let user = try portal.user("a", in: [group])
        _ = try portal.groups.change(group, GroupDraft(permissions: .set(["export"]))) { _ in }
        #expect(try portal.visibleStudies(user) == [])
        _ = try portal.groups.change(group, GroupDraft(permissions: .set(["view"]))) { _ in }
        #expect(try portal.visibleStudies(user) == ["1.1"])
        try portal.groups.remove(group) { _ in }
        #expect(try portal.visibleStudies(user) == [])
        try expectListsAreRight(portal)
    }

    @Test func whatIsStoredWhileRightsChangeIsNotMissed() async throws {
        let patients = try (0..<4).map { try portal.patient("P\($0)", last: "Same") }
        let group = try portal.group("a", [.view])
        _ = try portal.user("u", in: [group])
        let url = portal.url
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for writer in 0..<3 {
                tasks.addTask { try Self.store(40, by: writer, in: try Connection(url: url)) }
            }
            tasks.addTask {
                let groups = Groups(database: try Connection(url: url), caller: .atTheMachine)
                for round in 0..<20 {
                    let patient = patients[round % patients.count]
                    if round / 4 % 2 == 0 {
                        try groups.grant(patient, to: group)
                    } else {
                        try groups.revoke(patient, from: group)
                    }
                }
            }
            try await tasks.waitForAll()
        }
        #expect(try portal.int("SELECT count(*) FROM portal.studies WHERE patient IS NOT NULL") == 120)
        try expectListsAreRight(portal)
    }

    private static func store(_ count: Int, by writer: Int, in database: Connection) throws {
        for number in 0..<count {
            try database.retryingTransaction {
                try database.query("SELECT pg_advisory_xact_lock_shared(4242001)")
                try database.query(
                    """
                    INSERT INTO portal.studies (uid, patient_id, patient_name, attributes)
                    VALUES (\("1.\(writer).\(number)"), \("P\(number % 4)"), 'SAME', '{}')
                    """)
                try database.query(
                    """
                    SELECT portal.attach_by_rule(ARRAY[id], false, true) FROM portal.studies
                    WHERE uid = \("1.\(writer).\(number)")
                    """)
            }
        }
    }

    @Test(arguments: 0..<4) func afterAnySeriesOfChangesTheListsAreRight(seed: UInt64) throws {
        var changes = try RandomChanges(portal, seed: seed)
        for step in 0..<60 {
            try changes.next()
            if step % 15 == 14 { try portal.database.query("SELECT portal.fold_counters()") }
        }
        try expectListsAreRight(portal, "seed \(seed)")
    }
}
