import Postgres
import Testing

@testable import Portal

struct MergingTests {
    private let portal: ScratchPortal
    private let whole: String
    private let part: String
    private let group: String

    init() throws {
        portal = try ScratchPortal()
        whole = try portal.patient("P1")
        part = try portal.patient("P2", last: "Durand")
        group = try portal.group("a", [.view, .editPatients])
        _ = try portal.study("1.1", patient: whole)
        _ = try portal.study("1.2", patient: part)
        try portal.groups.grant(part, to: group)
    }

    @Test func whoSawOneFileSeesTheMergedOneAndUndoingTakesItBack() throws {
        let user = try portal.user("u", in: [group])
        let own = try portal.user("own", patient: part)
        try portal.merging.merge(part, into: whole)
        #expect(try portal.visibleStudies(user) == ["1.1", "1.2"])
        #expect(try portal.visibleStudies(own) == ["1.1", "1.2"])
        #expect(try portal.visiblePatients(user) == ["P1"])
        #expect(throws: PortalError.notFound) { try portal.patients.find(part) }
        #expect(try portal.merging.list(of: whole).map(\.patientId) == ["P2"])
        try expectListsAreRight(portal)
        try portal.merging.undo(part, outOf: whole)
        #expect(try portal.visibleStudies(user) == ["1.2"])
        #expect(try portal.visibleStudies(own) == ["1.2"])
        #expect(try portal.visiblePatients(user) == ["P2"])
        try expectListsAreRight(portal)
    }

    @Test(arguments: ["Durand^X", "Dupont^X"]) func whatArrivesUnderItsIdJoinsTheWhole(name: String) throws {
        try portal.merging.merge(part, into: whole)
        let study = try portal.study("1.3", patientId: "P2", name: name)
        try portal.database.query("SELECT portal.attach_by_rule(ARRAY[\(study)]::bigint[], true, true)")
        #expect(try portal.text("SELECT patient FROM portal.studies WHERE id = \(study)") == whole)
        #expect(throws: PortalError.conflict(code: "patient.conflict", field: "patientId")) {
            try portal.patient("P2")
        }
    }

    @Test func anotherNameUnderItsIdStillWaits() throws {
        try portal.merging.merge(part, into: whole)
        let study = try portal.study("1.3", patientId: "P2", name: "Martin^X")
        try portal.database.query("SELECT portal.attach_by_rule(ARRAY[\(study)]::bigint[], true, true)")
        #expect(try portal.int("SELECT count(*) FROM portal.studies WHERE patient IS NULL") == 1)
    }

    @Test func aFileGoesIntoTheTrashWithItsParts() throws {
        try portal.merging.merge(part, into: whole)
        try portal.deletions.delete(patient: whole) { _ in }
        let again = try portal.patient("P2")
        #expect(try portal.patients.find(again).studies == 0)
        try expectListsAreRight(portal)
    }

    @Test func aCorrectionGoesWithTheStudyAndComesBackWithIt() throws {
        try portal.database.query(
            """
            SELECT portal.correct_study((SELECT id FROM portal.studies WHERE uid = '1.2'), \(uuid: part),
                ARRAY['DURAND', 'P2', '', '', 'O'], '{}', '{}', 'X')
            """)
        func isCorrected() throws -> Bool {
            try portal.int("SELECT count(overlay) FROM portal.studies WHERE uid = '1.2'") == 1
        }
        try portal.merging.merge(part, into: whole)
        #expect(try isCorrected())
        try portal.merging.undo(part, outOf: whole)
        #expect(try isCorrected())
        try portal.database.query(
            "SELECT portal.attach_study((SELECT id FROM portal.studies WHERE uid = '1.2'), \(uuid: whole))")
        #expect(try !isCorrected())
        try expectListsAreRight(portal)
    }

    @Test func aCorrectionByTheWholeIsTakenAwayWhenAPartGoesAgain() throws {
        try portal.merging.merge(part, into: whole)
        try portal.database.query(
            """
            SELECT portal.correct_study((SELECT id FROM portal.studies WHERE uid = '1.2'), \(uuid: whole),
                ARRAY['DUPONT', 'P1', '', '', 'O'], '{}', '{}', 'X')
            """)
        try portal.merging.undo(part, outOf: whole)
        #expect(try portal.int("SELECT count(overlay) FROM portal.studies") == 0)
        #expect(try portal.text("SELECT patient_name FROM portal.studies WHERE uid = '1.2'") == "")
        try expectListsAreRight(portal)
    }

    @Test func whatArrivedUnderItsIdMeanwhileGoesWithIt() throws {
        try portal.merging.merge(part, into: whole)
        let study = try portal.study("1.3", patientId: "P2", name: "Durand^X")
        try portal.database.query("SELECT portal.attach_by_rule(ARRAY[\(study)]::bigint[], true, true)")
        _ = try portal.study("1.4", patientId: "P1", patient: whole)
        try portal.merging.undo(part, outOf: whole)
        #expect(try portal.patients.find(part).studies == 2)
        #expect(try portal.patients.find(whole).studies == 2)
        try expectListsAreRight(portal)
    }

    @Test func whatAnotherPartGivesStaysUntilThatOneGoes() throws {
        let other = try portal.patient("P3")
        _ = try portal.study("1.5", patient: other)
        try portal.groups.grant(other, to: group)
        let user = try portal.user("u", in: [group])
        try portal.merging.merge(part, into: whole)
        try portal.merging.merge(other, into: whole)
        try portal.merging.undo(part, outOf: whole)
        #expect(try portal.visibleStudies(user) == ["1.1", "1.2", "1.5"])
        try portal.merging.undo(other, outOf: whole)
        #expect(try portal.visibleStudies(user) == ["1.2", "1.5"])
        try expectListsAreRight(portal)
    }

    @Test func aDeletionGoesWhereItsStudyGoes() throws {
        try portal.deletions.delete(study: "1.2")
        func patient() throws -> String { try portal.text("SELECT patient FROM portal.deletions") }
        try portal.merging.merge(part, into: whole)
        #expect(try patient() == whole)
        try portal.merging.undo(part, outOf: whole)
        #expect(try patient() == part)
    }

    @Test func bothFilesHaveToBeTheCallers() throws {
        let user = try portal.user("u", in: [group])
        let merging = Merging(database: portal.database, caller: try portal.caller(user))
        #expect(throws: PortalError.notFound) { try merging.merge(part, into: whole) }
        try portal.groups.grant(whole, to: group)
        #expect(throws: PortalError.invalid("from", "merge.same")) { try merging.merge(whole, into: whole) }
        try merging.merge(part, into: whole)
        #expect(try portal.int("SELECT count(*) FROM portal.audit WHERE action = 'patient.merged'") == 2)
        #expect(throws: PortalError.notFound) { try merging.undo(whole, outOf: whole) }
        try merging.undo(part, outOf: whole)
    }
}
