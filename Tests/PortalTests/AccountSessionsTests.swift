import Postgres
import Testing

@testable import Portal

struct AccountSessionsTests {
    private let portal: ScratchPortal
    private let client = SignIn.Client(address: "192.0.2.1", userAgent: "test")

    init() throws { portal = try ScratchPortal() }

    @Test func aLinkForANewPasswordIsGoodOnce() throws {
        let user = try portal.user("u")
        try portal.database.execute("UPDATE portal.users SET password = \(try PasswordHash(of: "the former one").text)")
        let first = try portal.accounts.reset(user, from: client)
        let second = try portal.accounts.reset(user, from: client)
        let sessions = Sessions(database: portal.database)
        #expect(try sessions.caller(token: first.token) == nil)
        #expect(try sessions.caller(token: second.token)?.passwordChangeUserID == user)
        #expect(try sessions.caller(token: second.token)?.isSignedIn == false)
        try Passwords(database: portal.database, address: "::1")
            .change(of: user, current: nil, to: "the new one", keeping: nil)
        #expect(try sessions.caller(token: second.token) == nil)
        _ = try SignIn(database: portal.database, client: client).open(email: "u@example.org", password: "the new one")
    }

    @Test func nobodyTakesOverAnAccountAboveTheirs() throws {
        let above = try portal.user("above", in: [try portal.group("all", Permission.allCases, .all)])
        let helper = try portal.user("helper", in: [try portal.group("helpers", [.manageUsers], .all)])
        let accounts = Accounts(database: portal.database, caller: try portal.caller(helper))
        #expect(throws: PortalError.forbidden(code: "rights.beyond")) { try accounts.reset(above, from: client) }
        let session = try #require(try portal.caller(above).sessionID)
        #expect(throws: PortalError.forbidden(code: "rights.beyond")) {
            try accounts.revoke(session: session, of: above)
        }
    }

    @Test func anAdministratorEndsWhatSomebodyElseOpened() throws {
        let user = try portal.user("u")
        let caller = try portal.caller(user)
        _ = try AccessTokens(database: portal.database, user: user)
            .make(name: "robot", may: ["read"], days: 1, address: "::1")
        let sessions = try portal.accounts.sessions(of: user)
        #expect(sessions.map(\.kind).sorted() == ["session", "token"])
        for session in sessions { try portal.accounts.revoke(session: session.id, of: user) }
        #expect(try portal.accounts.sessions(of: user) == [])
        #expect(throws: PortalError.notFound) {
            try portal.accounts.revoke(session: caller.sessionID ?? "", of: user)
        }
    }
}
