import Postgres
import Testing

@testable import Portal

struct JoiningTests {
    struct Case: Sendable {
        let what: String
        let name: String
        let born: String
        var patientId = "P1"
        let joins: Bool
    }

    /// The known patient is Marie-Claire Dupont, born Martin, on 3 April 1980.
    static let cases = [
        Case(what: "the same name", name: "DUPONT^MARIE-CLAIRE", born: "19800403", joins: true),
        Case(what: "accents and case", name: "Dûpont^Marie Claire", born: "19800403", joins: true),
        Case(what: "one first name", name: "DUPONT^MARIE", born: "19800403", joins: true),
        Case(what: "the birth name", name: "MARTIN^MARIE", born: "19800403", joins: true),
        Case(what: "both names", name: "DUPONT MARTIN^MARIE", born: "", joins: true),
        Case(what: "written together", name: "DUPONT^MARIECLAIRE", born: "19800403", joins: true),
        Case(what: "no name", name: "", born: "19800403", joins: true),
        Case(what: "no birth date", name: "DUPONT^MARIE", born: "", joins: true),
        Case(what: "an impossible birth date", name: "DUPONT^MARIE", born: "19801340", joins: true),
        Case(what: "in another script too", name: "DUPONT^MARIE=山田^太郎", born: "", joins: true),
        Case(what: "another first name", name: "DUPONT^PAUL", born: "19800403", joins: false),
        Case(what: "another name", name: "DURAND^MARIE", born: "19800403", joins: false),
        Case(what: "another birth date", name: "DUPONT^MARIE", born: "19800404", joins: false),
        Case(what: "no id", name: "DUPONT^MARIE", born: "19800403", patientId: "", joins: false),
    ]

    private let portal: ScratchPortal

    init() throws { portal = try ScratchPortal() }

    private func join(_ study: Int, mayCreate: Bool = false, trusted: Bool = false) throws -> String? {
        try portal.database.query(
            "SELECT joined FROM portal.attach_by_rule(ARRAY[\(study)]::bigint[], \(mayCreate), \(trusted))"
        ).first?.text(0)
    }

    @Test func aStudyJoinsWhenNothingContradicts() throws {
        var draft = PatientDraft()
        draft.patientId = .set("P1")
        draft.lastName = .set("Dupont")
        draft.birthName = .set("Martin")
        draft.firstName = .set("Marie-Claire")
        draft.birthDate = .set("1980-04-03")
        let patient = try portal.patients.make(draft).id
        for (number, example) in Self.cases.enumerated() {
            let study = try portal.study(
                "1.\(number)", patientId: example.patientId, name: example.name, born: example.born)
            let joined = try join(study, mayCreate: true, trusted: true)
            #expect(joined == (example.joins ? patient : nil), "\(example.what)")
        }
        try expectListsAreRight(portal)
    }

    @Test func theIssuerBelongsToTheId() throws {
        _ = try portal.patient("P1")
        let study = try portal.study("1.1", patientId: "P1", name: "DUPONT")
        try portal.database.execute("UPDATE portal.studies SET issuer = 'ELSEWHERE' WHERE id = \(study)")
        #expect(try join(study, trusted: true) == nil)
    }

    @Test func aSourceJoinsOnlyPatientsThatItSees() throws {
        let patient = try portal.patient("P1")
        let team = try portal.group("team", [.view, .import])
        let user = try portal.user("u", in: [team])
        let sender = try portal.sender("CT1", group: team)
        let brought = try portal.study("1.1", patientId: "P1", broughtBy: user)
        let sent = try portal.study("1.2", patientId: "P1", sender: sender)
        let fromNobody = try portal.study("1.3", patientId: "P1")
        #expect(try join(brought) == nil)
        #expect(try join(sent) == nil)
        try portal.groups.grant(patient, to: team)
        #expect(try join(brought) == patient)
        #expect(try join(sent) == patient)
        #expect(try join(fromNobody) == nil)
    }

    @Test func anUnknownIdMakesThePatientOnlyWhereTheSourceMay() throws {
        let study = try portal.study("1.1", patientId: "N1", name: "NGUYEN^VAN^ANH", born: "19700230")
        #expect(try join(study) == nil)
        let made = try #require(try join(study, mayCreate: true))
        let patient = try portal.patients.find(made)
        #expect(patient.patientId == "N1")
        #expect(patient.lastName == "NGUYEN")
        #expect(patient.firstName == "VAN ANH")
        #expect(patient.birthDate == nil)
        #expect(patient.studies == 1)
        try expectListsAreRight(portal)
    }

    @Test func whoMakesAPatientForAGroupSeesIt() throws {
        let team = try portal.group("team", [.view, .import, .editPatients])
        let other = try portal.group("other", [.view])
        let user = try portal.user("u", in: [team, other])
        let colleague = try portal.user("c", in: [team])
        let stranger = try portal.user("s", in: [other])
        let study = try portal.study("1.1", patientId: "N1", name: "A^B", broughtBy: user)
        #expect(try join(study, mayCreate: true) != nil)
        #expect(try portal.visibleStudies(user) == ["1.1"])
        #expect(try portal.visibleStudies(colleague) == ["1.1"])
        #expect(try portal.visibleStudies(stranger) == [])
        try expectListsAreRight(portal)
    }

    @Test func twoStudiesOfOneUnknownPersonMakeOnePatient() throws {
        let first = try portal.study("1.1", patientId: "N1", name: "A^B")
        let second = try portal.study("1.2", patientId: "N1", name: "A^B")
        let third = try portal.study("1.3", patientId: "N1", name: "C^D")
        let joined = try portal.database.query(
            "SELECT study FROM portal.attach_by_rule(ARRAY[\(first), \(second), \(third)]::bigint[], true)"
        ).map { try $0.int(0) }
        #expect(joined == [first, second])
        #expect(try portal.int("SELECT count(*) FROM portal.patients") == 1)
    }
}
