import Postgres

/// Nobody gives, or takes from others, a permission or a scope that they lack.
package struct Delegation {
    private let database: Connection
    private let caller: Caller

    package init(database: Connection, caller: Caller) {
        self.database = database
        self.caller = caller
    }

    /// Rights that a group has or would have.
    struct Rights {
        var permissions: [String]
        var onAll: Bool
        /// The group whose grants count.
        var group: String?
        /// A patient that is granted beside them.
        var patient: String?
    }

    /// Makes sure that the caller holds each of the rights, and `manageUsers`, over everything that they reach.
    ///
    /// - Throws: 403 `rights.beyond`.
    func require(_ rights: Rights) throws {
        guard let user = caller.userID else { return try requireAtTheMachine() }
        let lacking = try database.query(
            """
            WITH mine AS (
                SELECT g.* FROM portal.members m JOIN portal.groups g ON g.id = m.group_id
                WHERE m.user_id = \(uuid: user)
            ), reached AS (
                SELECT patient_id FROM portal.grants WHERE group_id = \(uuid: rights.group)
                UNION SELECT \(uuid: rights.patient) WHERE \(uuid: rights.patient) IS NOT NULL
            )
            SELECT p FROM unnest(\(rights.permissions + ["manageUsers"])::text[]) p
            WHERE NOT EXISTS (SELECT FROM mine WHERE p = ANY (permissions) AND scope_all)
                AND (\(rights.onAll)::boolean OR NOT EXISTS (SELECT FROM mine WHERE p = ANY (permissions)) OR EXISTS (
                    SELECT FROM reached r WHERE NOT EXISTS (
                        SELECT FROM mine JOIN portal.grants x ON x.group_id = mine.id
                        WHERE p = ANY (mine.permissions) AND x.patient_id = r.patient_id)))
            """)
        guard lacking.isEmpty else { throw PortalError.forbidden(code: "rights.beyond") }
    }

    /// Makes sure that the caller holds all that a group gives.
    ///
    /// - Throws: `PortalError.notFound`; 403 `rights.beyond`.
    func require(group: String, with patient: String? = nil) throws {
        guard isUUID(group),
            let row = try database.query(
                "SELECT permissions, scope_all FROM portal.groups WHERE id = \(uuid: group) FOR NO KEY UPDATE"
            ).first
        else { throw PortalError.notFound }
        try require(
            Rights(permissions: try row.texts(0), onAll: try row.bool(1), group: group, patient: patient))
    }

    /// Makes sure that the caller holds all that an account has, so that nobody takes over an account above theirs.
    func require(account: String) throws {
        let groups = try database.query("SELECT group_id FROM portal.members WHERE user_id = \(uuid: account)")
        for row in groups { try require(group: try row.text(0)) }
        let file = try database.query("SELECT patient FROM portal.users WHERE id = \(uuid: account)").first
        if let patient = try file?.textOrNil(0) { try require(sightOf: patient) }
    }

    /// Makes sure that the caller may show this patient to an account.
    func require(sightOf patient: String) throws {
        try require(Rights(permissions: ["view"], onAll: false, patient: patient))
    }

    /// Takes the lock of all changes of rights; what is checked under it stays so until the end of the transaction.
    ///
    /// A group that comes to see a third of an archive takes its time.
    func lock() throws(PostgresError) {
        try database.script("SET LOCAL statement_timeout = 0")
        try database.query("SELECT pg_advisory_xact_lock(4242001)")
    }

    /// Makes a change under that lock.
    func change<Result>(_ body: () throws -> Result) throws -> Result {
        try database.retryingTransaction {
            try lock()
            return try body()
        }
    }

    /// - Throws: 409 `users.lastManager` when nobody active would be left who manages users for all.
    func requireManagerRemains() throws {
        guard caller != .atTheMachine else { return }
        let managers = try database.query(
            """
            SELECT 1 FROM portal.users u JOIN portal.members m ON m.user_id = u.id JOIN portal.groups g
                ON g.id = m.group_id
            WHERE u.status = 'active' AND (u.expires_at IS NULL OR u.expires_at > now()) AND u.patient IS NULL
                AND g.scope_all AND 'manageUsers' = ANY (g.permissions) LIMIT 1
            """)
        guard !managers.isEmpty else { throw PortalError.conflict(code: "users.lastManager") }
    }

    private func requireAtTheMachine() throws {
        guard caller == .atTheMachine else { throw PortalError.forbidden(code: "rights.beyond") }
    }
}
