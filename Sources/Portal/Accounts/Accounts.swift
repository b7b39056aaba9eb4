import Postgres

/// Accounts, as those see and change them who manage users.
package struct Accounts {
    let database: Connection
    let caller: Caller
    let audit: Audit
    let delegation: Delegation

    package init(database: Connection, caller: Caller, address: String = "") {
        self.database = database
        self.caller = caller
        audit = Audit(database: database, actor: caller.userID, address: address)
        delegation = Delegation(database: database, caller: caller)
    }

    /// Makes an account.
    ///
    /// - Returns: the account, and the password that was made when the draft names none; then it must be changed.
    /// - Throws: 422 (see `AccountFields`); 409 `user.email.taken`; 403 `rights.beyond`.
    package func make(_ draft: AccountDraft) throws -> (account: AccountRecord, password: String?) {
        let fields = try AccountFields(draft, over: nil, in: database)
        let random = fields.password == nil ? PasswordRules.random() : nil
        let hash = try PasswordHash(of: fields.password ?? random ?? "").text
        let mustChange = draft.mustChangePassword.applied(to: random != nil, empty: random != nil)
        let account = try uniquelyNamed {
            try delegation.lock()
            let rows = try database.query(
                """
                INSERT INTO portal.users (email, name, status, expires_at, language, patient, password, must_change)
                VALUES (\(fields.email), \(fields.name), \(fields.status), \(fields.expiresAt), \(fields.language),
                    \(uuid: fields.patient), \(hash), \(mustChange))
                RETURNING id
                """)
            guard let id = try rows.first?.text(0) else { throw PortalError.notFound }
            if let patient = fields.patient { try requireSight(of: patient) }
            try setGroups(of: id, to: fields.groups, from: [])
            try audit.record(.userMade, details: ["user": id])
            return try find(id)
        }
        return (account, random)
    }

    /// - Parameter matching: is given the revision that would be overwritten, and throws when another was meant.
    /// - Throws: `PortalError.notFound`; 422; 409 `user.email.taken`, `users.lastManager`; 403 `rights.beyond`.
    package func change(_ id: String, _ draft: AccountDraft, matching: (Int) throws -> Void) throws -> AccountRecord {
        let hash = try draft.password.value.map { try newHash($0) }
        return try uniquelyNamed {
            try delegation.lock()
            let current = try find(id)
            try matching(current.revision)
            try delegation.require(account: id)
            let fields = try AccountFields(draft, over: current, in: database)
            if let patient = fields.patient, patient != current.patient { try requireSight(of: patient) }
            try write(fields, draft, to: id, hash: hash)
            try setGroups(of: id, to: fields.groups, from: current.groups)
            try delegation.requireManagerRemains()
            if hash != nil || fields.status != "active" || draft.mustChangePassword.value == true {
                try Sessions(database: database).revokeSignIns(of: id)
            }
            try audit.record(.userChanged, details: ["user": id])
            return try find(id)
        }
    }

    /// Removes an account with its sessions and tokens; what it did stays in the record.
    ///
    /// - Throws: `PortalError.notFound`; 409 `users.lastManager`; 403 `rights.beyond`.
    package func remove(_ id: String, matching: (Int) throws -> Void) throws {
        try database.retryingTransaction {
            try delegation.lock()
            try matching(try find(id).revision)
            try delegation.require(account: id)
            let scope = try database.query("SELECT scope_id FROM portal.users WHERE id = \(uuid: id)").first?.int(0)
            try database.execute("DELETE FROM portal.users WHERE id = \(uuid: id)")
            try delegation.requireManagerRemains()
            if let scope { try database.query("SELECT portal.drop_scope(\(scope))") }
            try audit.record(.userRemoved, details: ["user": id])
        }
    }

    /// A patient that is hidden, deleted or part of another file is as one that does not exist.
    private func requireSight(of patient: String) throws {
        let unknown = PortalError.invalid("patient", "user.patient.unknown")
        do { try delegation.require(sightOf: patient) } catch PortalError.forbidden { throw unknown }
        let living = try database.query(
            "SELECT 1 FROM portal.living_file(\(uuid: patient)) f WHERE f = \(uuid: patient)")
        guard !living.isEmpty else { throw unknown }
    }

    private func newHash(_ password: String) throws -> String {
        if let problem = PasswordRules.problem(of: password, field: "password") { throw PortalError.invalid([problem]) }
        return try PasswordHash(of: password).text
    }

    private func write(_ fields: AccountFields, _ draft: AccountDraft, to id: String, hash: String?) throws {
        try database.execute(
            """
            UPDATE portal.users SET email = \(fields.email), name = \(fields.name), status = \(fields.status),
                expires_at = \(fields.expiresAt), language = \(fields.language), patient = \(uuid: fields.patient),
                password = coalesce(\(hash), password),
                must_change = coalesce(\(draft.mustChangePassword.value), must_change), revision = revision + 1
            WHERE id = \(uuid: id)
            """)
    }

    private func setGroups(of id: String, to wanted: [String], from current: [String]) throws {
        for group in Set(wanted).symmetricDifference(current).sorted() { try delegation.require(group: group) }
        let kept = Set(current).intersection(wanted)
        try database.execute(
            "DELETE FROM portal.members WHERE user_id = \(uuid: id) AND group_id <> ALL (\(uuids: wanted))")
        try database.execute(
            """
            INSERT INTO portal.members (user_id, group_id)
            SELECT \(uuid: id), unnest(\(uuids: Set(wanted).subtracting(kept).sorted()))
            """)
        try database.query("SELECT portal.assign_scope(\(uuid: id))")
    }

    private func uniquelyNamed<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try database.retryingTransaction(body)
        } catch let error as PostgresError where error.constraint == "users_email" {
            throw PortalError.conflict(code: "user.email.taken", field: "email")
        }
    }
}
