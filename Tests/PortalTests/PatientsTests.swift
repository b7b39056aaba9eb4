import Postgres
import Testing

@testable import Portal

struct PatientsTests {
    private let portal: ScratchPortal

    init() throws { portal = try ScratchPortal() }

    private func draft(_ patientId: String, _ name: String = "Dupont") -> PatientDraft {
        var draft = PatientDraft()
        draft.patientId = .set(patientId)
        draft.lastName = .set(name)
        return draft
    }

    private func codes(_ body: () throws -> Void) -> [String] {
        do {
            try body()
            return []
        } catch PortalError.invalid(let problems) {
            return problems.map(\.code)
        } catch {
            return ["\(error)"]
        }
    }

    @Test func brokenFieldsAreAllNamed() throws {
        var bad = draft("", String(repeating: "x", count: 65))
        bad.birthDate = .set("1980-02-30")
        bad.lastVisit = .set("9000-01-01")
        bad.sex = .set("X")
        bad.status = .set("lost")
        #expect(
            codes { _ = try portal.patients.make(bad) } == [
                "patient.patientId.missing", "patient.lastName.tooLong", "patient.birthDate.invalid",
                "patient.lastVisit.future", "patient.sex.invalid", "patient.status.unknown",
            ])
        #expect(try portal.int("SELECT count(*) FROM portal.patients") == 0)
    }

    @Test func aTakenIdIsAConflictUnlessTheIssuerDiffers() throws {
        _ = try portal.patients.make(draft("P1"))
        #expect(throws: PortalError.conflict(code: "patient.conflict", field: "patientId")) {
            try portal.patients.make(draft("P1"))
        }
        var elsewhere = draft("P1")
        elsewhere.issuer = .set("ELSEWHERE")
        _ = try portal.patients.make(elsewhere)
    }

    @Test func aPatchChangesWhatItNamesAndAReplacementAll() throws {
        var first = draft("P1")
        first.firstName = .set("Marie")
        first.birthDate = .set("1980-04-03")
        first.extra = .set(.object(["ins": .string("1"), "a": .integer(1)]))
        let id = try portal.patients.make(first).id
        var patch = PatientDraft()
        patch.birthDate = .clear
        patch.notes = .set("seen\u{0}\u{7} today")
        patch.extra = .set(.object(["a": .null, "b": .bool(true)]))
        let patched = try portal.patients.change(id, patch, replacing: false) { #expect($0 == 1) }
        #expect(patched.firstName == "Marie")
        #expect(patched.birthDate == nil)
        #expect(patched.notes == "seen today")
        #expect(patched.extra == .object(["ins": .string("1"), "b": .bool(true)]))
        let replaced = try portal.patients.change(id, draft("P1", "Durand"), replacing: true) { #expect($0 == 2) }
        #expect(replaced.lastName == "Durand")
        #expect(replaced.firstName == "")
        #expect(replaced.extra == .object([:]))
        #expect(replaced.revision == 3)
    }

    @Test func aStepThroughTheWorkflowKeepsWhoAndWhy() throws {
        let id = try portal.patients.make(draft("P1")).id
        var step = PatientDraft()
        step.status = .set("reading")
        step.statusNote = .set("Relu par\u{7} C. Martin")
        _ = try portal.patients.change(id, step, replacing: false) { _ in }
        var other = PatientDraft()
        other.notes = .set("Rien à voir")
        _ = try portal.patients.change(id, other, replacing: false) { _ in }
        step.status = .set("validated")
        step.statusNote = .keep
        _ = try portal.patients.change(id, step, replacing: false) { _ in }
        let changes = try portal.patients.statusChanges(of: id, try PageRequest()).items
        #expect(changes.map(\.from) == ["reading", "toRead"])
        #expect(changes.map(\.to) == ["validated", "reading"])
        #expect(changes.map(\.note) == ["", "Relu par C. Martin"])
        let first = try portal.patients.statusChanges(of: id, try PageRequest(limit: 1))
        let second = try portal.patients.statusChanges(of: id, try PageRequest(limit: 1, after: first.next))
        #expect((first.items + second.items) == changes && second.next == nil)
    }

    @Test func aNoteThatIsTooLongMovesNothing() throws {
        let id = try portal.patients.make(draft("P1")).id
        var step = PatientDraft()
        step.status = .set("reading")
        step.statusNote = .set(String(repeating: "x", count: 1001))
        let refused = codes { _ = try portal.patients.change(id, step, replacing: false) { _ in } }
        #expect(refused == ["patient.statusNote.tooLong"])
        #expect(try portal.patients.find(id).status == "toRead")
        #expect(try portal.patients.statusChanges(of: id, try PageRequest()).items.isEmpty)
    }

    @Test func hiddenAndAbsentAreTheSame() throws {
        let hidden = try portal.patient("P1")
        let user = try portal.user("u", in: [try portal.group("a", Permission.allCases)])
        let caller = try portal.caller(user)
        let patients = Patients(database: portal.database, caller: caller)
        let deletions = Deletions(database: portal.database, caller: caller)
        for id in [hidden, "00000000-0000-0000-0000-000000000000", "no-uuid"] {
            #expect(throws: PortalError.notFound) { try patients.find(id) }
            #expect(throws: PortalError.notFound) { try patients.change(id, draft("X"), replacing: false) { _ in } }
            #expect(throws: PortalError.notFound) { try deletions.delete(patient: id) { _ in } }
        }
    }

    @Test func seeingIsNotChanging() throws {
        let patient = try portal.patient("P1")
        let reading = try portal.group("reading", [.view])
        let editing = try portal.group("editing", [.view, .editPatients])
        try portal.groups.grant(patient, to: reading)
        let user = try portal.user("u", in: [reading, editing])
        let patients = Patients(database: portal.database, caller: try portal.caller(user))
        _ = try patients.find(patient)
        let refusal = PortalError.forbidden(code: "permission.missing", details: ["permission": "editPatients"])
        #expect(throws: refusal) { try patients.change(patient, draft("X"), replacing: false) { _ in } }
        try portal.groups.grant(patient, to: editing)
        _ = try patients.change(patient, draft("X"), replacing: false) { _ in }
    }

    @Test func whoMakesAPatientSeesIt() throws {
        let user = try portal.user("u", in: [try portal.group("a", [.view, .editPatients])])
        let caller = try portal.caller(user)
        let made = try Patients(database: portal.database, caller: caller).make(draft("P1"))
        #expect(try Patients(database: portal.database, caller: caller).find(made.id) == made)
        try expectListsAreRight(portal)
    }

    private static let searches = [
        ("dup mar", ["A"]), ("DUPÔNT", ["A", "B"]), ("03/04/1980", ["A"]), ("3/4/1980", ["A"]), ("1980-04-03", ["A"]),
        ("3.4.80", ["A"]), ("03-04-1980", ["A"]), ("03041980", ["A"]), ("1980-4-3", ["A"]), ("3/4", ["A", "B"]),
        ("m", ["A"]), ("pa du", ["B"]), ("upo", ["A", "B"]), ("up", []), ("DUPONT^MARIE", ["A"]), ("dupomt", []),
        ("thorax", ["B"]), ("ACC-7", ["B"]), ("%", []), ("_", []), ("\\", []), ("'", []), ("", ["A", "B", "C"]),
    ]

    @Test func searchFindsWordsInAnyOrder() throws {
        _ = try portal.patient("A", last: "Dupont", first: "Marie", born: "1980-04-03")
        let b = try portal.patient("B", last: "Dupont", first: "Paul", born: "1981-04-03")
        _ = try portal.patient("C", last: "Nguyễn")
        let study = try portal.study("1.1", patient: b)
        try portal.database.execute(
            "UPDATE portal.studies SET description = 'CT THÓRAX', accession = 'ACC-7' WHERE id = \(study)")
        try portal.database.query("SELECT portal.show_patients(\(uuids: [b]))")
        for (text, expected) in Self.searches {
            var filter = PatientFilter()
            filter.text = text
            let found = try portal.patients.list(filter, sortedBy: .name, try PageRequest()).items
            #expect(found.map(\.patientId).sorted() == expected, "\(text)")
        }
    }

    /// What is typed, who is found by it although nobody is called so, and the name that is told.
    private static let slips = [
        ("dupomt", ["A", "B"], ["Dupont"]), ("Duppont", ["A", "B"], ["Dupont"]), ("bupont", ["A", "B"], ["Dupont"]),
        ("udpont", ["A", "B"], ["Dupont"]), ("marei dupont", ["A"], ["Marie"]), ("mraie 03/04/1980", ["A"], ["Marie"]),
        ("nguyem", ["C"], ["Nguyễn"]), ("dupun", ["A", "B"], ["Dupont"]), ("dumm", [], []),
        ("mraie 01/01/2001", [], []), ("dupont", ["A", "B"], []), ("nobody", [], []),
    ]

    @Test func aWrongLetterFindsTheNearestNames() throws {
        _ = try portal.patient("A", last: "Dupont", first: "Marie", born: "1980-04-03")
        _ = try portal.patient("B", last: "Dupont", first: "Paul", born: "1981-04-03")
        _ = try portal.patient("C", last: "Nguyễn")
        for (text, expected, nearest) in Self.slips {
            var filter = PatientFilter()
            filter.text = text
            filter.acceptsNearest = true
            let found = try portal.patients.list(filter, sortedBy: .name, try PageRequest())
            #expect(found.items.map(\.patientId).sorted() == expected, "\(text)")
            #expect(found.nearest == nearest, "\(text)")
        }
    }

    @Test func nearNamesTellNothingOfHiddenPatients() throws {
        let seen = try portal.patient("A", last: "Dupont")
        _ = try portal.patient("B", last: "Dupond")
        let group = try portal.group("g", [.view])
        try portal.groups.grant(seen, to: group)
        let caller = try portal.caller(try portal.user("u", in: [group]))
        var filter = PatientFilter()
        filter.text = "dupomt"
        filter.acceptsNearest = true
        let found = try Patients(database: portal.database, caller: caller)
            .list(filter, sortedBy: .name, try PageRequest())
        #expect(found.items.map(\.patientId) == ["A"] && found.nearest == ["Dupont"] && found.page.total == 1)
    }

    @Test(arguments: PatientOrder.allCases) func pagesHoldEachPatientOnceWhileOthersArrive(order: PatientOrder) throws {
        for number in 0..<7 {
            let id = try portal.patient(
                "P\(number)", last: "Same", first: number % 2 == 0 ? "A" : "B",
                born: number % 3 == 0 ? nil : "1980-01-0\(number)")
            if number % 3 == 0 { _ = try portal.study("1.\(number)", patient: id) }
        }
        var seen: [String] = []
        var after: String?
        var arrivals = 0
        repeat {
            let page = try portal.patients.list(
                PatientFilter(), sortedBy: order, try PageRequest(limit: 2, after: after))
            seen += page.items.map(\.patientId).filter { $0.hasPrefix("P") }
            after = page.next
            arrivals += 1
            _ = try portal.patient("X\(arrivals)", last: arrivals % 2 == 0 ? "Aa" : "Zz")
        } while after != nil && arrivals < 20
        #expect(seen.sorted() == (0..<7).map { "P\($0)" })
    }

    @Test func whoseBirthDateIsUnknownStandsBehindTheYoungest() throws {
        for (id, born) in [("young", "2011-02-03"), ("unknown", nil), ("old", "1931-02-03")] {
            _ = try portal.patient(id, born: born)
        }
        for (order, ids) in [
            (PatientOrder.birthDate, ["old", "young", "unknown"]),
            (.birthDateBackwards, ["unknown", "young", "old"]),
        ] {
            let found = try portal.patients.list(PatientFilter(), sortedBy: order, try PageRequest()).items
            #expect(found.map(\.patientId) == ids)
        }
    }

    @Test func aCursorOfAnotherListIsRefused() throws {
        for cursor in ["x", "!!!!", "YWJj", Cursor("2024-01-01", "no-uuid").text] {
            #expect(throws: PortalError.malformed(code: "query.after.invalid", field: "after")) {
                try portal.patients.list(PatientFilter(), sortedBy: .newestStudyFirst, try PageRequest(after: cursor))
            }
        }
    }

    @Test func filtersNarrowTheList() throws {
        let a = try portal.patient("A")
        let b = try portal.patient("B")
        let group = try portal.group("g", [.view])
        try portal.groups.grant(b, to: group)
        let key = try portal.study("1.1", patient: a, started: "2024-05-06 07:00:00")
        _ = try portal.study("1.2", patient: b, started: "2023-01-01 00:00:00")
        try portal.database.script("INSERT INTO portal.modality_sets (modalities) VALUES ('{CT,SR}')")
        try portal.database.execute(
            "UPDATE portal.studies SET modality_set = (SELECT max(id) FROM portal.modality_sets) WHERE id = \(key)")
        func found(_ change: (inout PatientFilter) -> Void) throws -> [String] {
            var filter = PatientFilter()
            change(&filter)
            return try portal.patients.list(filter, sortedBy: .name, try PageRequest()).items.map(\.patientId)
        }
        #expect(try found { $0.modality = "CT" } == ["A"])
        #expect(try found { $0.group = group } == ["B"])
        #expect(try found { $0.status = "reading" } == [])
        #expect(try found { $0.from = CalendarDay("2024-05-06") } == ["A"])
        #expect(try found { $0.to = CalendarDay("2023-01-01") } == ["B"])
        #expect(try portal.patients.find(a).modalities == ["CT", "SR"])
    }

    @Test func aViewIsRecordedOncePerVisit() throws {
        let patient = try portal.patient("A")
        let user = try portal.user("u", in: [try portal.group("all", [.view], .all)])
        let caller = try portal.caller(user)
        for _ in 0..<3 {
            let visits = Visits(database: portal.database)  // as of another process each time
            for _ in 0..<2 { try visits.note(.patientViewed, patient: patient, by: caller, at: "192.0.2.1") }
        }
        #expect(
            try portal.int(
                "SELECT count(*) FROM portal.audit WHERE action = 'patient.viewed' AND actor = \(uuid: user)") == 1)
    }

    @Test func theSameIdempotencyKeyMakesOnePatient() throws {
        let user = try portal.user("u", in: [try portal.group("all", [.view, .editPatients], .all)])
        let caller = try portal.caller(user)
        let creations = Creations(database: portal.database, caller: caller)
        let patients = Patients(database: portal.database, caller: caller)
        let ids = try (0..<2).map { _ in
            try creations.once("key", kind: "patient") { try patients.make(draft("P1")).id }
        }
        #expect(ids[0] == ids[1])
        #expect(throws: PortalError.conflict(code: "idempotencyKey.used")) {
            try creations.once("key", kind: "group") { "" }
        }
    }
}
