import Postgres
import Testing

@testable import Portal

struct StatusesTests {
    private let portal: ScratchPortal
    private let statuses: Statuses

    init() throws {
        portal = try ScratchPortal()
        statuses = Statuses(database: portal.database)
    }

    @Test func theWorkflowGrowsAndIsReordered() throws {
        let label = Statuses.Labels(fr: "Relu", en: "Read twice")
        _ = try statuses.make(code: "readTwice", label: label)
        #expect(try statuses.list().map(\.code) == ["toRead", "reading", "validated", "readTwice"])
        _ = try statuses.change("readTwice", label: label, position: 2)
        #expect(try statuses.list().map(\.code) == ["toRead", "readTwice", "reading", "validated"])
        _ = try statuses.change("toRead", label: Statuses.Labels(fr: "Nouveau", en: "New"), position: nil)
        #expect(try statuses.list().first?.label.en == "New")
        try statuses.remove("readTwice")
        #expect(try statuses.list().count == 3)
    }

    @Test func whatIsInUseStays() throws {
        var draft = PatientDraft()
        draft.patientId = .set("P1")
        draft.lastName = .set("X")
        draft.status = .set("reading")
        _ = try portal.patients.make(draft)
        #expect(throws: PortalError.conflict(code: "status.inUse")) { try statuses.remove("reading") }
        #expect(throws: PortalError.conflict(code: "status.initial")) { try statuses.remove("toRead") }
        #expect(throws: PortalError.notFound) { try statuses.remove("nothing") }
        #expect(throws: PortalError.conflict(code: "status.taken", field: "code")) {
            try statuses.make(code: "reading", label: Statuses.Labels(fr: "a", en: "b"))
        }
    }

    @Test func aDeletedPatientHoldsNoStatus() throws {
        var draft = PatientDraft()
        draft.patientId = .set("P1")
        draft.lastName = .set("X")
        draft.status = .set("reading")
        let patient = try portal.patients.make(draft).id
        try portal.deletions.delete(patient: patient) { _ in }
        try statuses.remove("reading")
        let deletion = try #require(try portal.deletions.list(PageRequest()).items.first)
        try portal.deletions.restore(deletion.id)
        #expect(try portal.patients.find(patient).status == "toRead")
    }

    @Test func noPositionIsTooFar() throws {
        let label = Statuses.Labels(fr: "a", en: "b")
        for position in [Int.min, 0, Int.max] { _ = try statuses.change("reading", label: label, position: position) }
        #expect(try statuses.list().map(\.code) == ["toRead", "validated", "reading"])
    }

    @Test(arguments: ["", "9", "a b", "é", "<b>", String(repeating: "x", count: 33)])
    func aCodeIsPlain(code: String) throws {
        #expect(throws: PortalError.invalid("code", "status.code.invalid")) {
            try statuses.make(code: code, label: Statuses.Labels(fr: "a", en: "b"))
        }
    }
}
