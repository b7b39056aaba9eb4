import Postgres
import Testing

@testable import Portal

struct InboxTests {
    private let portal: ScratchPortal
    private let clerk: Caller

    init() throws {
        portal = try ScratchPortal()
        clerk = try portal.caller(
            try portal.user("clerk", in: [try portal.group("clerks", [.view, .editPatients], .all)]))
    }

    private var inbox: Inbox { Inbox(database: portal.database, caller: clerk) }

    @Test func waitingStudiesComeWithReasonedSuggestions() throws {
        let same = try portal.patient("P1", last: "Dupont", first: "Marie", born: "1980-04-03")
        _ = try portal.patient("P2", last: "Durand", first: "Marie", born: "1980-04-03")
        _ = try portal.study("1.1", patientId: "P9", name: "DUPONT^MARIE", born: "19800403")
        let entry = try #require(try inbox.list(try PageRequest()).items.first)
        #expect(entry.study.studyInstanceUID == "1.1")
        #expect(entry.suggestions.map(\.patient) == [same])
        #expect(entry.suggestions.first?.reasons == ["name", "birthDate"])
    }

    @Test(
        arguments: [
            ("P1000", "DUPOND^MARIE", "19800403", ["patientId", "nearName", "birthDate"]),
            ("P100", "DUPONT^MARIE", "", ["nearPatientId", "name"]),
            ("0P1000", "DUPONT^MARIE", "", ["nearPatientId", "name"]),
            ("X", "DUPOND^MARI", "19800403", ["nearName", "birthDate"]),
            ("X", "DUPONT^MARIE", "19800304", ["name", "nearBirthDate"]),
            ("X", "DUPONT^MARIE", "19800413", ["name", "nearBirthDate"]),
            ("X", "DUPONT^MARIE", "19810413", nil), ("X", "DUPOND^MARIE", "19800413", nil), ("X", "", "19800403", nil),
            ("P1000", "", "", ["patientId"]),
        ] as [(String, String, String, [String]?)])
    func aSlipOfThePenIsNoObstacle(id: String, name: String, born: String, reasons: [String]?) throws {
        _ = try portal.patient("P1000", last: "Dupont", first: "Marie", born: "1980-04-03")
        _ = try portal.study("1.1", patientId: id, name: name, born: born)
        #expect(try inbox.find(study: "1.1").suggestions.first?.reasons == reasons)
    }

    @Test func attachingAndDetachingIsReversible() throws {
        let patient = try portal.patient("P1")
        let other = try portal.patient("P2")
        _ = try portal.study("1.1")
        try inbox.attach(study: "1.1", to: patient)
        try inbox.attach(study: "1.1", to: patient)
        #expect(throws: PortalError.conflict(code: "study.attached")) { try inbox.attach(study: "1.1", to: other) }
        #expect(throws: PortalError.notFound) { try inbox.find(study: "1.1") }
        #expect(try portal.patients.find(patient).studies == 1)
        try inbox.detach(study: "1.1")
        #expect(try inbox.find(study: "1.1").identity.name == "")
        #expect(throws: PortalError.invalid("patient", "inbox.patient.unknown")) {
            try inbox.attach(study: "1.1", to: "nobody")
        }
        try expectListsAreRight(portal)
    }

    @Test func whoBroughtAStudySeesItButDoesNotAttachIt() throws {
        let user = try portal.user("u", in: [try portal.group("g", [.view, .import, .editPatients])])
        let theirs = Inbox(database: portal.database, caller: try portal.caller(user))
        _ = try portal.study("1.1", broughtBy: user)
        _ = try portal.study("1.2")
        #expect(try theirs.list(try PageRequest()).items.map(\.study.studyInstanceUID) == ["1.1"])
        #expect(throws: PortalError.notFound) { try theirs.attach(study: "1.2", to: try portal.patient("P1")) }
        #expect(throws: PortalError.forbidden(code: "permission.missing", details: ["permission": "editPatients"])) {
            try theirs.attach(study: "1.1", to: try portal.patient("P2"))
        }
    }
}
