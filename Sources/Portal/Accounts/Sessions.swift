import Postgres

/// Sign-ins and access tokens: random secrets, stored hashed.
package struct Sessions {
    let database: Connection

    package init(database: Connection) { self.database = database }

    /// Who holds a token, with everything that a function needs to know about them: one statement.
    ///
    /// Notes, at most once a minute, that the account was seen.
    /// - Returns: `nil` for an unknown, revoked or expired token, and when the account is not active.
    package func caller(token: String) throws(PostgresError) -> Caller? {
        guard let hash = Secret(token)?.hash else { return nil }
        return try database.query(Self.statement(hash)).first.map { row throws(PostgresError) in try caller(row) }
    }

    private static func statement(_ hash: [UInt8]) -> SQL {
        """
        WITH touched AS (
            UPDATE portal.sessions SET last_seen_at = now()
            WHERE token_hash = \(hash) AND expires_at > now()
                AND (last_seen_at IS NULL OR last_seen_at < now() - interval '1 minute')
            RETURNING user_id
        ), seen AS (
            UPDATE portal.users SET last_seen_at = now() WHERE id IN (SELECT user_id FROM touched)
        )
        SELECT u.id, u.name, u.email, u.language, u.scope_id, s.id, s.kind, s.may, u.patient IS NOT NULL,
            ARRAY(SELECT DISTINCT unnest(g.permissions) FROM portal.members m JOIN portal.groups g ON g.id = m.group_id
                  WHERE m.user_id = u.id),
            ARRAY(SELECT DISTINCT unnest(g.permissions) FROM portal.members m JOIN portal.groups g ON g.id = m.group_id
                  WHERE m.user_id = u.id AND g.scope_all)
        FROM portal.sessions s JOIN portal.users u ON u.id = s.user_id
        WHERE s.token_hash = \(hash) AND s.expires_at > now() AND u.status = 'active'
            AND (u.expires_at IS NULL OR u.expires_at > now())
        """
    }

    private func caller(_ row: Row) throws(PostgresError) -> Caller {
        let kind = Caller.Kind(rawValue: try row.text(6)) ?? .session
        let user = try row.text(0)
        if kind == .passwordChange {
            return Caller(
                userID: nil, language: try row.text(3), sessionID: try row.text(5), kind: kind,
                passwordChangeUserID: user)
        }
        let uses = try row.texts(7)
        let isPatient = try row.bool(8)
        let allowed = Self.allowed(kind: kind, uses: uses, isPatient: isPatient)
        // A patient's own account sees its own file; no group is needed for that.
        let own: Set<Permission> = isPatient ? [.view] : []
        let permissions = Set(try row.texts(9).compactMap(Permission.init)).union(own).intersection(allowed)
        let onAll = isPatient ? [] : Set(try row.texts(10).compactMap(Permission.init)).intersection(allowed)
        return Caller(
            userID: user, name: try row.text(1), email: try row.text(2), language: try row.text(3),
            scopeID: allowed.contains(.view) ? try row.int(4) : Caller.seesNothing,
            permissions: permissions, permissionsOnAll: onAll, sessionID: try row.text(5), kind: kind)
    }

    /// An access token never administers: it reads (`view`, `export`), stores (`import`, `editPatients`), or both.
    private static func allowed(kind: Caller.Kind, uses: [String], isPatient: Bool) -> Set<Permission> {
        var allowed = Set(Permission.allCases)
        if kind == .token {
            allowed = []
            if uses.contains("read") { allowed.formUnion([.view, .export]) }
            if uses.contains("store") { allowed.formUnion([.import, .editPatients]) }
        }
        return isPatient ? allowed.intersection([.view, .export, .share]) : allowed
    }
}
