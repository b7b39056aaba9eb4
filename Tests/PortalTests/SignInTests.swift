import Postgres
import Testing

@testable import Portal

struct SignInTests {
    private let portal: ScratchPortal
    private let client = SignIn.Client(address: "192.0.2.1", userAgent: "test")

    init() throws {
        portal = try ScratchPortal()
        _ = try FirstAdministrator(database: portal.database).make(
            email: "Ada@Example.org", name: "Ada", password: "correct horse", isAdministrator: true, mustChange: false)
    }

    private func open(_ email: String = "ada@example.org", _ password: String = "correct horse") throws -> SignIn.Opened
    {
        try SignIn(database: portal.database, client: client).open(email: email, password: password)
    }

    private var sessions: Sessions { Sessions(database: portal.database) }

    @Test func theRightPasswordOpensASession() throws {
        let opened = try open()
        #expect(opened.caller.permissionsOnAll == Set(Permission.allCases))
        #expect(opened.caller.scopeID == Caller.seesAll)
        #expect(try sessions.caller(token: opened.token)?.userID == opened.caller.userID)
        #expect(try portal.int("SELECT count(*) FROM portal.audit WHERE action = 'session.opened'") == 1)
    }

    @Test func theTokenItselfIsNowhereInTheDatabase() throws {
        let opened = try open()
        let stored = try portal.database.query("SELECT token_hash FROM portal.sessions").first?.bytes(0)
        #expect(stored != Array(opened.token.utf8))
        #expect(stored == Secret(opened.token)?.hash)
    }

    @Test(arguments: [("ada@example.org", "wrong horse"), ("nobody@example.org", "correct horse"), ("", "")])
    func everythingElseIsRefusedAlike(email: String, password: String) throws {
        #expect(throws: PortalError.unauthenticated(code: "session.refused")) { try open(email, password) }
        #expect(try portal.int("SELECT count(*) FROM portal.audit WHERE action = 'session.refused'") == 1)
    }

    @Test func aHugePasswordCostsNoMore() throws {
        #expect(throws: PortalError.unauthenticated(code: "session.refused")) {
            try open("ada@example.org", String(repeating: "x", count: 1 << 20))
        }
    }

    @Test func guessingEndsForTheAccountEvenWithTheRightPassword() throws {
        for _ in 0..<SignInAttempts.perAccount { _ = try? open("nobody@example.org", "guess") }
        let error = #expect(throws: PortalError.self) { try open("Nobody@example.org", "guess") }
        guard case .tooManyAttempts(let seconds) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect((1...900).contains(seconds))
        _ = try open()
    }

    @Test func aSuccessForgetsEarlierSlips() throws {
        for _ in 0..<SignInAttempts.perAccount - 1 { _ = try? open("ada@example.org", "slip") }
        _ = try open()
        #expect(throws: PortalError.unauthenticated(code: "session.refused")) { try open("ada@example.org", "slip") }
    }

    @Test(arguments: ["inactive", "disabled"]) func anAccountThatIsNotActiveStaysOut(status: String) throws {
        let opened = try open()
        try portal.database.execute("UPDATE portal.users SET status = \(status)")
        #expect(throws: PortalError.forbidden(code: "account.inactive")) { try open() }
        #expect(try sessions.caller(token: opened.token) == nil)
    }

    @Test func anExpiredAccountStaysOut() throws {
        let opened = try open()
        try portal.database.execute("UPDATE portal.users SET expires_at = now() - interval '1 second'")
        #expect(throws: PortalError.forbidden(code: "account.expired")) { try open() }
        #expect(try sessions.caller(token: opened.token) == nil)
    }

    @Test func anExpiredOrRevokedSessionIsNobody() throws {
        let opened = try open()
        let other = try open()
        try sessions.revoke(token: other.token)
        #expect(try sessions.caller(token: other.token) == nil)
        #expect(try sessions.caller(token: opened.token) != nil)
        try portal.database.execute("UPDATE portal.sessions SET expires_at = now() - interval '1 second'")
        #expect(try sessions.caller(token: opened.token) == nil)
    }

    @Test func signingInAgainEndsTheFormerSession() throws {
        let first = try open()
        let again = SignIn.Client(address: "192.0.2.1", formerToken: first.token)
        let second = try SignIn(database: portal.database, client: again)
            .open(email: "ada@example.org", password: "correct horse")
        #expect(second.token != first.token)
        #expect(try sessions.caller(token: first.token) == nil)
    }

    @Test func whoMustChangeThePasswordCanDoNothingElse() throws {
        try portal.database.execute("UPDATE portal.users SET must_change = true")
        let error = #expect(throws: PortalError.self) { try open() }
        guard case .forbidden("password.mustChange", let details) = error, let token = details["token"] else {
            Issue.record("\(String(describing: error))")
            return
        }
        let caller = try #require(try sessions.caller(token: token))
        #expect(!caller.isSignedIn)
        #expect(caller.permissions.isEmpty)
        let user = try #require(caller.passwordChangeUserID)
        let passwords = Passwords(database: portal.database, address: "192.0.2.1")
        #expect(throws: PortalError.invalid("newPassword", "password.same")) {
            try passwords.change(of: user, current: nil, to: "correct horse", keeping: nil)
        }
        try passwords.change(of: user, current: nil, to: "battery staple", keeping: nil)
        #expect(try sessions.caller(token: token) == nil)
        _ = try open("ada@example.org", "battery staple")
    }

    @Test func aChangedPasswordEndsTheOtherSessions() throws {
        let mine = try open()
        let elsewhere = try open()
        let user = try #require(mine.caller.userID)
        let passwords = Passwords(database: portal.database, address: "192.0.2.1")
        #expect(throws: PortalError.invalid("currentPassword", "password.wrong")) {
            try passwords.change(of: user, current: "wrong", to: "battery staple", keeping: mine.caller.sessionID)
        }
        try passwords.change(
            of: user, current: "correct horse", to: "battery staple", keeping: mine.caller.sessionID)
        #expect(try sessions.caller(token: mine.token) != nil)
        #expect(try sessions.caller(token: elsewhere.token) == nil)
    }

    @Test func aWeakerHashIsRenewedAtTheNextSignIn() throws {
        let weak = try PasswordHash(
            of: "correct horse", parameters: PasswordHash.Parameters(rounds: 1024, blockSize: 8, parallelism: 1))
        try portal.database.execute("UPDATE portal.users SET password = \(weak.text)")
        _ = try open()
        #expect(try portal.text("SELECT password FROM portal.users").hasPrefix("scrypt$16384$8$1$"))
        _ = try open()
    }

    @Test func theFirstAdministratorIsMadeOnce() throws {
        let again = try FirstAdministrator(database: portal.database).make(
            email: "ada@example.org", name: "", password: "something else", isAdministrator: true, mustChange: false)
        #expect(again.account == nil)
        _ = try open()
        let second = try FirstAdministrator(database: portal.database).make(
            email: "bob@example.org", name: "", password: nil, isAdministrator: true, mustChange: true)
        #expect(second.password?.count == 19)
        #expect(try portal.int("SELECT count(*) FROM portal.groups") == 1)
    }
}
