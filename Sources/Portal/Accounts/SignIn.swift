import Postgres

/// Signing in with e-mail and password.
package struct SignIn {
    /// What a client gets; the token is nowhere else.
    package struct Opened: Sendable, Equatable {
        package let token: String
        /// RFC 3339.
        package let expiresAt: String
        package let caller: Caller
    }

    /// Whose hand signs in.
    package struct Client: Sendable, Equatable {
        package let address: String
        package let userAgent: String
        /// The token of the session that the new one replaces.
        package let formerToken: String?

        package init(address: String, userAgent: String = "", formerToken: String? = nil) {
            self.address = address
            self.userAgent = userAgent
            self.formerToken = formerToken
        }
    }

    private struct Account {
        let id: String
        let hash: PasswordHash?
        let status: String
        let isExpired: Bool
        let mustChange: Bool
    }

    private let database: Connection
    private let client: Client

    package init(database: Connection, client: Client) {
        self.database = database
        self.client = client
    }

    /// Opens a session; the one that the client had before ends.
    ///
    /// An unknown account costs the same time and gives the same answer as a wrong password.
    /// - Throws: `PortalError`: 401 `session.refused`; 403 `account.inactive`, `account.expired` and
    ///   `password.mustChange` (with a `token` that is good for the change alone), each only after the right password;
    ///   `tooManyAttempts`.
    package func open(email: String, password: String) throws -> Opened {
        let attempts = SignInAttempts(database: database, email: email, address: client.address)
        try attempts.begin()
        let account = try find(email)
        guard try isRight(password, for: account), let account else { throw try refusal(of: account) }
        try attempts.succeed()
        guard account.status == "active" else { throw PortalError.forbidden(code: "account.inactive") }
        guard !account.isExpired else { throw PortalError.forbidden(code: "account.expired") }
        let sessions = Sessions(database: database)
        if account.mustChange {
            let (token, expiresAt) = try sessions.make(.passwordChange, for: account.id, client: client)
            throw PortalError.forbidden(code: "password.mustChange", details: ["token": token, "expiresAt": expiresAt])
        }
        try renewHash(of: account, password)
        return try open(for: account.id)
    }

    /// Opens a session for someone whose right to it is settled.
    package func open(for user: String) throws -> Opened {
        let sessions = Sessions(database: database)
        return try database.transaction {
            if let former = client.formerToken { try sessions.revoke(token: former) }
            let (token, expiresAt) = try sessions.make(.session, for: user, client: client)
            try Audit(database: database, actor: user, address: client.address).record(.signIn)
            guard let caller = try sessions.caller(token: token) else { throw PortalError.notFound }
            return Opened(token: token, expiresAt: expiresAt, caller: caller)
        }
    }

    private func find(_ email: String) throws -> Account? {
        try database.query(
            """
            SELECT id, password, status, coalesce(expires_at <= now(), false), must_change FROM portal.users
            WHERE lower(email) = lower(\(email))
            """
        ).first.map { row throws(PostgresError) in
            Account(
                id: try row.text(0), hash: try row.textOrNil(1).flatMap(PasswordHash.init), status: try row.text(2),
                isExpired: try row.bool(3), mustChange: try row.bool(4))
        }
    }

    private func isRight(_ password: String, for account: Account?) throws -> Bool {
        guard let hash = account?.hash, password.utf8.count <= PasswordRules.longest, !password.utf8.contains(0)
        else {
            try PasswordHash.spendTime()
            return false
        }
        return try hash.matches(password)
    }

    private func refusal(of account: Account?) throws -> PortalError {
        try Audit(database: database, actor: account?.id, address: client.address).record(.signInRefused)
        return .unauthenticated(code: "session.refused")
    }

    private func renewHash(of account: Account, _ password: String) throws {
        guard account.hash?.parameters != .current else { return }
        let hash = try PasswordHash(of: password)
        try database.execute("UPDATE portal.users SET password = \(hash.text) WHERE id = \(uuid: account.id)")
    }
}
