import Postgres

/// Sign-ins and access tokens: random secrets, stored hashed.
package struct Sessions {
    let database: Connection

    package init(database: Connection) { self.database = database }

    /// Who holds a token, with everything that a function needs to know about them: one statement, for every request.
    ///
    /// Notes, at most once a minute, that the account was seen.
    /// - Returns: `nil` for an unknown, revoked or expired token, and when the account is not active.
    package func caller(token: String) throws(PostgresError) -> Caller? {
        try caller(token: token, opening: nil)?.caller
    }

    /// Who calls, and the instance that they ask for.
    package struct Found {
        package let caller: Caller
        /// `nil` when it is absent or hidden from the caller.
        package let instance: RetrievedInstance?

        package init(caller: Caller, instance: RetrievedInstance? = nil) {
            self.caller = caller
            self.instance = instance
        }
    }

    /// The same in one statement with an instance of what the caller sees.
    ///
    /// - Parameter recollection: what need not be asked for again.
    package func caller(
        token: String, opening address: InstanceAddress?, recollection: Recollection? = nil
    ) throws(PostgresError) -> Found? {
        guard let hash = Secret(token)?.hash else { return nil }
        if let known = recollection?.found(hash, address) { return known }
        guard let found = try find(hash, address) else { return nil }
        try recollection?.keep(found, hash, address) { instance throws(PostgresError) in
            try StudyRetrieval(database: database).others(
                with: instance, includesFrames: address?.includesFrames ?? false, for: found.caller)
        }
        return found
    }

    private func find(_ hash: [UInt8], _ address: InstanceAddress?) throws(PostgresError) -> Found? {
        guard let row = try database.query(Self.statement(hash, address)).first else { return nil }
        if try row.bool(10) { try noteSeen(hash) }
        let caller = try caller(row)
        let isFound = address != nil && caller.scopeID != Caller.seesNothing && !row.isNull(Self.width)
        return Found(caller: caller, instance: isFound ? try RetrievedInstance(row, at: Self.width) : nil)
    }

    /// The number of columns that are about the caller.
    private static let width = 11

    /// Each group's permissions are one text: they are put together here, which costs the database less.
    private static func statement(_ hash: [UInt8], _ address: InstanceAddress?) -> SQL {
        let columns: SQL = address == nil ? "" : ", asked.*"
        let asked: SQL = address.map { " LEFT JOIN LATERAL (\(StudyRetrieval.statement(for: $0))) asked ON true" } ?? ""
        return """
            SELECT u.id, u.name, u.email, u.language, u.scope_id, s.id, s.kind, s.may, u.patient IS NOT NULL,
                (SELECT string_agg(CASE WHEN g.scope_all THEN '*' ELSE '' END || array_to_string(g.permissions, ','), ';')
                 FROM portal.members m JOIN portal.groups g ON g.id = m.group_id WHERE m.user_id = u.id),
                coalesce(s.last_seen_at < now() - interval '1 minute', true)\(columns)
            FROM portal.sessions s JOIN portal.users u ON u.id = s.user_id\(asked)
            WHERE s.token_hash = \(hash) AND s.expires_at > now() AND u.status = 'active'
                AND (u.expires_at IS NULL OR u.expires_at > now())
            """
    }

    private func noteSeen(_ hash: [UInt8]) throws(PostgresError) {
        try database.adding { () throws(PostgresError) in
            _ = try database.execute(
                """
                WITH touched AS (
                    UPDATE portal.sessions SET last_seen_at = now()
                    WHERE token_hash = \(hash) AND (last_seen_at IS NULL OR last_seen_at < now() - interval '1 minute')
                    RETURNING user_id
                )
                UPDATE portal.users SET last_seen_at = now() WHERE id IN (SELECT user_id FROM touched)
                """)
        }
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
        let groups = (try row.textOrNil(9) ?? "").split(separator: ";")
        let permissions = Self.permissions(of: groups).union(own).intersection(allowed)
        let onAll = isPatient ? [] : Self.permissions(of: groups.filter { $0.hasPrefix("*") }).intersection(allowed)
        return Caller(
            userID: user, name: try row.text(1), email: try row.text(2), language: try row.text(3),
            scopeID: allowed.contains(.view) ? try row.int(4) : Caller.seesNothing,
            permissions: permissions, permissionsOnAll: onAll, sessionID: try row.text(5), kind: kind)
    }

    /// - Parameter groups: permissions with commas between; behind a `*` where they hold for all patients.
    private static func permissions(of groups: [Substring]) -> Set<Permission> {
        let names = groups.flatMap { $0.drop { $0 == "*" }.split(separator: ",") }
        return Set(names.compactMap { Permission(rawValue: String($0)) })
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
