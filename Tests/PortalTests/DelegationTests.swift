import Postgres
import Testing

@testable import Portal

struct DelegationTests {
    private let portal: ScratchPortal
    private let administrators: String
    private let administrator: String

    init() throws {
        portal = try ScratchPortal()
        administrators = try portal.group("administrators", Permission.allCases, .all)
        administrator = try portal.user("admin", in: [administrators])
    }

    private func groups(as user: String) throws -> Groups {
        Groups(database: portal.database, caller: try portal.caller(user))
    }

    private func accounts(as user: String) throws -> Accounts {
        Accounts(database: portal.database, caller: try portal.caller(user))
    }

    private func draft(_ email: String, groups: [String] = []) -> AccountDraft {
        var draft = AccountDraft()
        draft.email = .set(email)
        draft.groups = .set(groups)
        draft.password = .set("correct horse")
        return draft
    }

    private let beyond = PortalError.forbidden(code: "rights.beyond")

    @Test func nobodyGivesWhatTheyLack() throws {
        let managing = try portal.group("managing", [.view, .manageUsers])
        let manager = try portal.user("manager", in: [managing])
        let groups = try groups(as: manager)
        #expect(throws: beyond) { try groups.add(member: manager, to: administrators) }
        #expect(throws: beyond) {
            try groups.make(GroupDraft(name: .set("x"), permissions: .set(["view"]), scope: .set("all")))
        }
        #expect(throws: beyond) { try groups.make(GroupDraft(name: .set("x"), permissions: .set(["delete"]))) }
        #expect(throws: beyond) { try groups.change(managing, GroupDraft(scope: .set("all"))) { _ in } }
        #expect(throws: beyond) {
            try groups.change(managing, GroupDraft(permissions: .set(["view", "share"]))) { _ in }
        }
        _ = try groups.make(GroupDraft(name: .set("x"), permissions: .set(["view"])))
    }

    @Test func permissionAndScopeAreNeverMultiplied() throws {
        let patient = try portal.patient("P1")
        let all = try portal.group("seeing all", [.view], .all)
        let managing = try portal.group("managing", [.manageUsers])
        let manager = try portal.user("manager", in: [all, managing])
        let target = try portal.group("target", [.view])
        #expect(throws: beyond) { try groups(as: manager).grant(patient, to: target) }
        #expect(throws: beyond) { try groups(as: manager).add(member: manager, to: all) }
        try portal.groups.grant(patient, to: managing)
        try groups(as: manager).grant(patient, to: target)
    }

    @Test func nobodyTakesOverAnAccountAboveTheirs() throws {
        let manager = try portal.user("manager", in: [try portal.group("managing", [.view, .manageUsers])])
        let accounts = try accounts(as: manager)
        var change = AccountDraft()
        change.password = .set("now it is mine")
        #expect(throws: beyond) { try accounts.change(administrator, change) { _ in } }
        #expect(throws: beyond) { try accounts.remove(administrator) { _ in } }
        #expect(throws: beyond) { try accounts.make(draft("x@example.org", groups: [administrators])) }
        _ = try accounts.make(draft("y@example.org"))
    }

    @Test func anAccountIsLinkedOnlyToAPatientThatTheManagerMayShow() throws {
        let patient = try portal.patient("P1")
        let manager = try portal.user("manager", in: [try portal.group("managing", [.view, .manageUsers])])
        var linked = draft("x@example.org")
        linked.patient = .set(patient)
        #expect(throws: PortalError.invalid("patient", "user.patient.unknown")) {
            try accounts(as: manager).make(linked)
        }
        #expect(try accounts(as: administrator).make(linked).account.patient == patient)
    }

    @Test func theLastManagerStays() throws {
        let last = PortalError.conflict(code: "users.lastManager")
        let groups = try groups(as: administrator)
        let accounts = try accounts(as: administrator)
        var disabling = AccountDraft()
        disabling.status = .set("disabled")
        #expect(throws: last) { try groups.remove(member: administrator, from: administrators) }
        #expect(throws: last) { try groups.change(administrators, GroupDraft(permissions: .set(["view"]))) { _ in } }
        #expect(throws: last) { try groups.remove(administrators) { _ in } }
        #expect(throws: last) { try accounts.change(administrator, disabling) { _ in } }
        #expect(throws: last) { try accounts.remove(administrator) { _ in } }
        let second = try portal.user("second", in: [administrators])
        try accounts.remove(second) { _ in }
        _ = try portal.user("third", in: [administrators])
        try groups.remove(member: administrator, from: administrators)
        #expect(try portal.visibleStudies(administrator) == [])
    }

    @Test func aManagerHandlesAccountsAndGroupsOfItsOwnRank() throws {
        let accounts = try accounts(as: administrator)
        let group = try portal.group("readers", [.view])
        let made = try accounts.make(draft("x@example.org", groups: [group]))
        #expect(made.password == nil)
        #expect(made.account.groups == [group])
        #expect(throws: PortalError.conflict(code: "user.email.taken", field: "email")) {
            try accounts.make(draft("X@example.org"))
        }
        var change = AccountDraft()
        change.groups = .set([])
        change.name = .set("  Xavier \u{7}")
        let changed = try accounts.change(made.account.id, change) { #expect($0 == made.account.revision) }
        #expect(changed.groups == [])
        #expect(changed.name == "Xavier")
        try accounts.remove(changed.id) { _ in }
        #expect(throws: PortalError.notFound) { try accounts.find(changed.id) }
    }

    @Test func badAccountsNameTheirFields() throws {
        var bad = draft("no address", groups: ["nothing"])
        bad.status = .set("asleep")
        bad.language = .set("de")
        bad.expiresAt = .set("2024-13-01")
        bad.patient = .set("nobody")
        bad.password = .set("short")
        let error = #expect(throws: PortalError.self) { try accounts(as: administrator).make(bad) }
        guard case .invalid(let problems) = error else { return }
        #expect(
            problems.map(\.code) == [
                "user.email.invalid", "user.status.unknown", "user.language.unknown", "user.expiresAt.invalid",
                "user.patient.unknown", "user.groups.unknown", "password.tooShort",
            ])
    }

    @Test func aNewPasswordOrStatusEndsTheSignIns() throws {
        let user = try portal.user("u")
        let client = SignIn.Client(address: "")
        let (token, _) = try Sessions(database: portal.database).make(.session, for: user, client: client)
        var change = AccountDraft()
        change.password = .set("battery staple")
        _ = try accounts(as: administrator).change(user, change) { _ in }
        #expect(try Sessions(database: portal.database).caller(token: token) == nil)
    }
}
