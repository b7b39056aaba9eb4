import Postgres
import Testing

@testable import Portal

struct DeletionsTests {
    private let portal: ScratchPortal

    init() throws { portal = try ScratchPortal() }

    @Test func aDeletedPatientIsGoneWithItsStudiesAndComesBackWithThem() throws {
        let patient = try portal.patient("P1")
        _ = try portal.study("1.1", patient: patient)
        let group = try portal.group("a", [.view])
        try portal.groups.grant(patient, to: group)
        let user = try portal.user("a", in: [group])
        try portal.deletions.delete(patient: patient) { _ in }
        #expect(try portal.visibleStudies(user) == [])
        #expect(throws: PortalError.notFound) { try portal.patients.find(patient) }
        try expectListsAreRight(portal)
        let deletion = try #require(try portal.deletions.list(PageRequest()).items.first)
        #expect((deletion.kind, deletion.patient?.patientId, deletion.studies) == (.patient, "P1", 1))
        try portal.deletions.restore(deletion.id)
        #expect(try portal.visibleStudies(user) == ["1.1"])
        #expect(try portal.patients.find(patient).studies == 1)
        #expect(try portal.deletions.list(PageRequest()).items == [])
        try expectListsAreRight(portal)
    }

    @Test func whatItTakesAwayIsSaidBefore() throws {
        let patient = try portal.patient("P1")
        for number in 1...2 { _ = try portal.study("1.\(number)", patient: patient) }
        try portal.groups.grant(patient, to: try portal.group("a", [.view]))
        _ = try portal.user("own", patient: patient)
        let plan = try portal.deletions.plan(patient: patient)
        #expect(
            plan
                == DeletionPlan(studies: 2, series: 0, instances: 0, bytes: 0, accounts: 1, groups: 1, days: 30))
        #expect(try portal.deletions.plan(study: "1.2").studies == 1)
    }

    @Test func aNewPatientMayHaveADeletedOnesIdAndThenThatStaysDeleted() throws {
        let patient = try portal.patient("P1")
        try portal.deletions.delete(patient: patient) { _ in }
        let deletion = try #require(try portal.deletions.list(PageRequest()).items.first)
        _ = try portal.patient("P1")
        #expect(throws: PortalError.conflict(code: "patient.conflict", field: "patientId")) {
            try portal.deletions.restore(deletion.id)
        }
    }

    @Test func whatArrivesForADeletedPatientDoesNotJoinIt() throws {
        let patient = try portal.patient("P1")
        try portal.deletions.delete(patient: patient) { _ in }
        let study = try portal.study("1.1", patientId: "P1")
        try portal.database.query("SELECT portal.attach_by_rule(ARRAY[\(study)]::bigint[], true, true)")
        let joined = try portal.text("SELECT patient FROM portal.studies WHERE id = \(study)")
        #expect(joined != patient)
        #expect(try portal.patients.find(joined).patientId == "P1")
    }

    @Test func aStudyOfAPatientDeletedAfterwardsWaitsForThePatient() throws {
        let patient = try portal.patient("P1")
        _ = try portal.study("1.1", patient: patient)
        try portal.deletions.delete(study: "1.1")
        let study = try #require(try portal.deletions.list(PageRequest()).items.first)
        #expect((study.kind, study.studyInstanceUID) == (.study, "1.1"))
        try portal.deletions.delete(patient: patient) { _ in }
        #expect(throws: PortalError.conflict(code: "deletion.patientDeleted")) {
            try portal.deletions.restore(study.id)
        }
    }

    @Test func afterItsTimeItIsGoneForGood() throws {
        let patient = try portal.patient("P1")
        _ = try portal.study("1.1", patient: patient)
        let own = try portal.user("own", patient: patient)
        try portal.deletions.delete(patient: patient) { _ in }
        try portal.deletions.purgeExpired()
        #expect(try portal.int("SELECT count(*) FROM portal.studies") == 1)
        try portal.database.execute("UPDATE portal.deletions SET until = now() - interval '1 second'")
        try portal.deletions.purgeExpired()
        #expect(try portal.int("SELECT count(*) FROM portal.studies") == 0)
        #expect(try portal.int("SELECT count(*) FROM portal.patients") == 0)
        #expect(try portal.text("SELECT status FROM portal.users WHERE id = \(uuid: own)") == "disabled")
        #expect(try portal.int("SELECT count(*) FROM portal.audit WHERE action = 'patient.purged'") == 1)
        try expectListsAreRight(portal)
    }

    @Test func deletingNeedsItsPermissionForThatPatient() throws {
        let patient = try portal.patient("P1")
        _ = try portal.study("1.1", patient: patient)
        let reading = try portal.group("reading", [.view])
        let deleting = try portal.group("deleting", [.view, .delete])
        try portal.groups.grant(patient, to: reading)
        let user = try portal.user("u", in: [reading, deleting])
        let deletions = Deletions(database: portal.database, caller: try portal.caller(user))
        let refusal = PortalError.forbidden(code: "permission.missing", details: ["permission": "delete"])
        #expect(throws: refusal) { try deletions.delete(patient: patient) { _ in } }
        #expect(throws: refusal) { try deletions.delete(study: "1.1") }
        #expect(throws: refusal) { try deletions.plan(study: "1.1") }
        try portal.deletions.delete(study: "1.1")
        #expect(try deletions.list(PageRequest()).items == [])
        try portal.groups.grant(patient, to: deleting)
        let deletion = try #require(try deletions.list(PageRequest()).items.first)
        try deletions.restore(deletion.id)
        try deletions.delete(patient: patient) { _ in }
        try portal.groups.revoke(patient, from: deleting)
        let own = try #require(try deletions.list(PageRequest()).items.first, "who deleted it may still restore it")
        #expect(throws: PortalError.notFound) { try deletions.purge(own.id) }
        try deletions.restore(own.id)
    }

    @Test func aFileThatGoesWhileItIsFiledIntoGetsNothing() throws {
        let patient = try portal.patient("P1")
        let whole = try portal.patient("P2")
        try portal.merging.merge(patient, into: whole)
        #expect(try portal.text("SELECT portal.living_file(\(uuid: patient))") == whole)
        try portal.deletions.delete(patient: whole) { _ in }
        #expect(try portal.int("SELECT count(portal.living_file(\(uuid: patient)))") == 0)
    }
}
