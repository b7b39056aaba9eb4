import Postgres

/// A sign-in of a person, as its owner sees it.
package struct SessionEntry: Sendable, Equatable, Encodable {
    package let id: String
    package let createdAt: String
    package let expiresAt: String
    @Nullable package private(set) var lastSeenAt: String?
    package let address: String
    package let userAgent: String
    /// Whether it is the one that asks.
    package let current: Bool
}

extension Sessions {
    /// Makes a session or a token for changing the password.
    ///
    /// - Parameter minutes: how long it lives; unless given, what its kind usually does.
    func make(
        _ kind: Caller.Kind, for user: String, client: SignIn.Client, minutes: Int? = nil
    ) throws -> (token: String, expiresAt: String) {
        let secret = Secret.random()
        let rows = try database.query(
            """
            INSERT INTO portal.sessions (token_hash, user_id, kind, expires_at, address, user_agent)
            VALUES (\(secret.hash), \(uuid: user), \(kind.rawValue),
                now() + make_interval(mins => \(minutes ?? Self.minutes(kind))), \(client.address), left(\(client.userAgent), 300))
            RETURNING portal.instant(expires_at)
            """)
        return (secret.text, try rows.first?.text(0) ?? "")
    }

    private static func minutes(_ kind: Caller.Kind) -> Int { kind == .passwordChange ? 15 : 12 * 60 }

    /// Ends the sign-in of a token; an unknown one, and an access token, is nothing to it.
    package func revoke(token: String) throws(PostgresError) {
        guard let hash = Secret(token)?.hash else { return }
        try database.execute("DELETE FROM portal.sessions WHERE token_hash = \(hash) AND kind <> 'token'")
    }

    /// Ends a session or access token of this account.
    ///
    /// - Returns: false when the account has none with this id and kind.
    package func revoke(id: String, of user: String, kind: Caller.Kind) throws(PostgresError) -> Bool {
        guard isUUID(id) else { return false }
        return try database.execute(
            """
            DELETE FROM portal.sessions WHERE id = \(uuid: id) AND user_id = \(uuid: user) AND kind = \(kind.rawValue)
            """) == 1
    }

    /// Ends all sign-ins of an account but one, and what was opened for changing its password.
    func revokeSignIns(of user: String, except session: String? = nil) throws(PostgresError) {
        try database.execute(
            """
            DELETE FROM portal.sessions WHERE user_id = \(uuid: user) AND kind <> 'token'
                AND id IS DISTINCT FROM \(uuid: session)
            """)
    }

    /// The living sign-ins of an account, the newest first.
    package func list(of user: String, current: String?) throws(PostgresError) -> [SessionEntry] {
        try database.query(
            """
            SELECT id, portal.instant(created_at), portal.instant(expires_at), portal.instant(last_seen_at), address,
                user_agent
            FROM portal.sessions WHERE user_id = \(uuid: user) AND kind = 'session' AND expires_at > now()
            ORDER BY created_at DESC, id
            """
        ).map { row throws(PostgresError) in
            SessionEntry(
                id: try row.text(0), createdAt: try row.text(1), expiresAt: try row.text(2),
                lastSeenAt: try row.textOrNil(3), address: try row.text(4), userAgent: try row.text(5),
                current: try row.text(0) == current)
        }
    }

    /// Forgets what has expired, and old attempts to sign in.
    package func sweep() throws(PostgresError) {
        try database.execute("DELETE FROM portal.sessions WHERE expires_at < now()")
        try database.execute("DELETE FROM portal.sign_in_attempts WHERE at < now() - interval '1 hour'")
    }
}
