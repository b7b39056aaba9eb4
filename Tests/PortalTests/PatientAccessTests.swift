import Postgres
import Testing

@testable import Portal

struct PatientAccessTests {
    private let portal: ScratchPortal

    init() throws { portal = try ScratchPortal() }

    @Test func itSaysWhoSeesAPatientAndWhy() throws {
        let patient = try portal.patient("P1")
        let other = try portal.patient("P2")
        let all = try portal.group("all", [.view, .export], .all)
        let granted = try portal.group("granted", [.view])
        let blind = try portal.group("blind", [.delete])
        for group in [granted, blind] { try portal.groups.grant(patient, to: group) }
        _ = try portal.user("a", in: [all, granted])
        _ = try portal.user("b", in: [granted, blind])
        _ = try portal.user("c", in: [blind])
        _ = try portal.user("d", in: [all], patient: other)
        _ = try portal.user("e", patient: patient)
        let access = PatientAccess(database: portal.database, caller: .atTheMachine)
        let readers = try access.readers(of: patient, PageRequest()).items
        #expect(readers.map(\.user.email) == ["a@example.org", "b@example.org", "e@example.org"])
        #expect(readers.map(\.permissions) == [[.view, .export], [.view, .delete], [.view]])
        #expect(readers[2].reasons == [.own])
        #expect(
            readers[0].reasons == [
                .group(id: all, name: "all", scope: .all, permissions: [.view, .export]),
                .group(id: granted, name: "granted", scope: .granted, permissions: [.view]),
            ])
        for (email, isThere) in [("a", true), ("b", true), ("c", false), ("d", false), ("e", true)] {
            let scope = try portal.int("SELECT scope_id FROM portal.users WHERE email = \("\(email)@example.org")")
            let sees = try portal.int(
                "SELECT count(*) FROM portal.visible_patients WHERE scope_id = \(scope) AND patient = \(uuid: patient)")
            #expect((sees == 1) == isThere, "the visible lists say the same of \(email)")
        }
        let page = try access.readers(of: patient, PageRequest(limit: 2))
        #expect(try access.readers(of: patient, PageRequest(limit: 2, after: page.next)).items == [readers[2]])
    }
}
