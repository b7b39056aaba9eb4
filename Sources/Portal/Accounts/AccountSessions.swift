import Postgres

/// A sign-in or an access token of an account, as those see it who manage users.
package struct AccountSession: Sendable, Equatable, Encodable {
    package let id: String
    /// `session` or `token`.
    package let kind: String
    /// Of the token.
    package let name: String
    package let createdAt: String
    package let expiresAt: String
    @Nullable package private(set) var lastSeenAt: String?
    package let address: String
    package let userAgent: String
}

/// A link with which a person sets a new password, once.
package struct PasswordReset: Sendable, Equatable {
    package let token: String
    /// RFC 3339.
    package let expiresAt: String
    /// Of the account.
    package let language: String
}

extension Accounts {
    /// How long a link for a new password holds, in minutes.
    private static let resetMinutes = 24 * 60

    /// The living sign-ins and tokens of an account, the newest first.
    ///
    /// - Throws: `PortalError.notFound`; 403 `rights.beyond`.
    package func sessions(of id: String) throws -> [AccountSession] {
        _ = try find(id)
        try delegation.require(account: id)
        return try database.query(
            """
            SELECT id, kind, name, portal.instant(created_at), portal.instant(expires_at), portal.instant(last_seen_at),
                address, user_agent
            FROM portal.sessions WHERE user_id = \(uuid: id) AND kind <> 'passwordChange' AND expires_at > now()
            ORDER BY created_at DESC, id
            """
        ).map { row in
            AccountSession(
                id: try row.text(0), kind: try row.text(1), name: try row.text(2), createdAt: try row.text(3),
                expiresAt: try row.text(4), lastSeenAt: try row.textOrNil(5), address: try row.text(6),
                userAgent: try row.text(7))
        }
    }

    /// Ends a sign-in or a token of an account; it holds from the next request on.
    ///
    /// - Throws: `PortalError.notFound`; 403 `rights.beyond`.
    package func revoke(session: String, of id: String) throws {
        try database.retryingTransaction {
            try delegation.lock()
            _ = try find(id)
            try delegation.require(account: id)
            let sessions = Sessions(database: database)
            let isRevoked = try [Caller.Kind.session, .token].contains {
                try sessions.revoke(id: session, of: id, kind: $0)
            }
            guard isRevoked else { throw PortalError.notFound }
            try audit.record(.sessionRevoked, details: ["user": id, "session": session])
        }
    }

    /// Makes a link for a new password; an earlier one is good for nothing any more.
    ///
    /// - Throws: `PortalError.notFound`; 403 `rights.beyond`.
    package func reset(_ id: String, from client: SignIn.Client) throws -> PasswordReset {
        try database.retryingTransaction {
            try delegation.lock()
            let account = try find(id)
            try delegation.require(account: id)
            try database.execute(
                "DELETE FROM portal.sessions WHERE user_id = \(uuid: id) AND kind = 'passwordChange'")
            let (token, expiresAt) = try Sessions(database: database)
                .make(.passwordChange, for: id, client: client, minutes: Self.resetMinutes)
            try audit.record(.passwordReset, details: ["user": id])
            return PasswordReset(token: token, expiresAt: expiresAt, language: account.language)
        }
    }
}
