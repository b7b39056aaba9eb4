import Postgres
import Testing

@testable import Portal

struct AccessTokensTests {
    private let portal: ScratchPortal
    private let user: String
    private let tokens: AccessTokens

    init() throws {
        portal = try ScratchPortal()
        user = try portal.user("u", in: [try portal.group("all", Permission.allCases, .all)])
        tokens = AccessTokens(database: portal.database, user: user)
    }

    private func caller(_ may: [String]) throws -> Caller? {
        let made = try tokens.make(name: "script", may: may, days: 1, address: "")
        return try Sessions(database: portal.database).caller(token: made.secret)
    }

    @Test func aTokenHasLessThanItsOwner() throws {
        let reading = try #require(try caller(["read"]))
        #expect(reading.permissions == [.view, .export])
        #expect(reading.scopeID == Caller.seesAll)
        let storing = try #require(try caller(["store"]))
        #expect(storing.permissions == [.import, .editPatients])
        #expect(storing.scopeID == Caller.seesNothing)
        #expect(try caller(["read", "store"])?.holds(.manageUsers) == false)
    }

    @Test func aRevokedOrExpiredTokenIsNobody() throws {
        let made = try tokens.make(name: "script", may: ["read"], days: 1, address: "")
        let sessions = Sessions(database: portal.database)
        try portal.database.execute("UPDATE portal.sessions SET expires_at = now()")
        #expect(try sessions.caller(token: made.secret) == nil)
        try portal.database.execute("UPDATE portal.sessions SET expires_at = now() + interval '1 day'")
        #expect(try tokens.list().map(\.id) == [made.token.id])
        try tokens.revoke(id: made.token.id, address: "")
        #expect(try sessions.caller(token: made.secret) == nil)
        #expect(throws: PortalError.notFound) { try tokens.revoke(id: made.token.id, address: "") }
    }

    @Test func nobodyRevokesAnothersToken() throws {
        let made = try tokens.make(name: "script", may: ["read"], days: 1, address: "")
        let other = AccessTokens(database: portal.database, user: try portal.user("other"))
        #expect(throws: PortalError.notFound) { try other.revoke(id: made.token.id, address: "") }
        #expect(throws: PortalError.notFound) { try other.revoke(id: "x' OR true", address: "") }
    }

    @Test func badRequestsNameTheirFields() throws {
        let error = #expect(throws: PortalError.self) { try tokens.make(name: "", may: ["fly"], days: 0, address: "") }
        guard case .invalid(let problems) = error else { return }
        #expect(problems.map(\.field) == ["name", "may", "days"])
    }

    @Test(arguments: ["", "x", String(repeating: "é", count: 43), String(repeating: "a", count: 1 << 20)])
    func whatIsNoTokenIsNobody(text: String) throws {
        #expect(try Sessions(database: portal.database).caller(token: text) == nil)
    }
}
