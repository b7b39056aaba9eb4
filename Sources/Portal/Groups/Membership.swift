import Postgres

/// An account in a group's list.
package struct Member: Sendable, Equatable, Encodable {
    package let id: String
    package let email: String
    package let name: String
}

/// A patient in the list of a group's grants.
package struct GrantedPatient: Sendable, Equatable, Encodable {
    package let id: String
    package let patientId: String
    package let issuer: String
    package let lastName: String
    package let firstName: String
    @Nullable package private(set) var birthDate: String?
}

extension Groups {
    /// Sorted by e-mail address.
    package func members(of id: String, _ page: PageRequest) throws -> Page<Member> {
        let group = try find(id)
        let after = try page.cursor(parts: 1)?.parts[0] ?? ""
        let found = try database.query(
            """
            SELECT u.id, u.email, u.name FROM portal.members m JOIN portal.users u ON u.id = m.user_id
            WHERE m.group_id = \(uuid: id) AND lower(u.email) > lower(\(after))
            ORDER BY lower(u.email) LIMIT \(page.limit + 1)
            """
        ).map { Member(id: try $0.text(0), email: try $0.text(1), name: try $0.text(2)) }
        return Page(found, limit: page.limit, total: group.members) { Cursor($0.email) }
    }

    /// Puts an account into a group; twice is the same as once.
    ///
    /// - Throws: `PortalError.notFound`; 403 `rights.beyond`.
    package func add(member user: String, to id: String) throws {
        try database.retryingTransaction {
            try delegation.lock()
            try delegation.require(group: id)
            try requireAccount(user)
            let added = try database.execute(
                """
                INSERT INTO portal.members (user_id, group_id) VALUES (\(uuid: user), \(uuid: id))
                ON CONFLICT DO NOTHING
                """)
            guard added > 0 else { return }
            try memberChanged(user, id, .memberAdded)
        }
    }

    /// Takes an account out of a group; one that is not in it is no error.
    ///
    /// - Throws: `PortalError.notFound`; 403 `rights.beyond`; 409 `users.lastManager`.
    package func remove(member user: String, from id: String) throws {
        try database.retryingTransaction {
            try delegation.lock()
            try delegation.require(group: id)
            try requireAccount(user)
            let removed = try database.execute(
                "DELETE FROM portal.members WHERE user_id = \(uuid: user) AND group_id = \(uuid: id)")
            guard removed > 0 else { return }
            try delegation.requireManagerRemains()
            try memberChanged(user, id, .memberRemoved)
        }
    }

    private func memberChanged(_ user: String, _ group: String, _ action: Audit.Action) throws {
        try database.execute("UPDATE portal.users SET revision = revision + 1 WHERE id = \(uuid: user)")
        try database.query("SELECT portal.assign_scope(\(uuid: user))")
        try audit.record(action, details: ["group": group, "user": user])
    }

    private func requireAccount(_ id: String) throws {
        guard isUUID(id), try !database.query("SELECT 1 FROM portal.users WHERE id = \(uuid: id)").isEmpty else {
            throw PortalError.notFound
        }
    }
}

extension Groups {
    /// The patients that are granted to a group, as far as the caller sees them; those with the newest studies first.
    package func grants(of id: String, _ page: PageRequest) throws -> Page<GrantedPatient> {
        _ = try find(id)
        let after = try page.cursorOfRow()
        var place: SQL = ""
        if let after {
            place = " AND (v.last_study, v.patient) < (\(after.parts[0])::timestamp, \(uuid: after.parts[1]))"
        }
        let rows = try database.query(
            """
            SELECT p.id, p.patient_id, p.issuer, p.last_name, p.first_name, p.birth_date, v.last_study
            FROM portal.grants x JOIN portal.visible_patients v
                ON v.patient = x.patient_id AND v.scope_id = \(caller.scopeID)
            JOIN portal.patients p ON p.id = x.patient_id
            WHERE x.group_id = \(uuid: id)\(place)
            ORDER BY v.last_study DESC, v.patient DESC LIMIT \(page.limit + 1)
            """)
        let found = try rows.map { row in
            (
                GrantedPatient(
                    id: try row.text(0), patientId: try row.text(1), issuer: try row.text(2),
                    lastName: try row.text(3), firstName: try row.text(4), birthDate: try row.textOrNil(5)),
                try row.text(6)
            )
        }
        let items = found.prefix(page.limit)
        let next = found.count > page.limit ? items.last.map { Cursor($0.1, $0.0.id).text } : nil
        return Page(items: items.map(\.0), next: next, total: nil)
    }

    /// Grants a patient to a group; twice is the same as once.
    ///
    /// - Throws: `PortalError.notFound` when there is no such group or the caller does not see the patient;
    ///   403 `rights.beyond`.
    package func grant(_ patient: String, to id: String) throws {
        try changeGrant(of: patient, for: id, .grantAdded) {
            """
            INSERT INTO portal.grants (group_id, patient_id) VALUES (\(uuid: id), \(uuid: patient))
            ON CONFLICT DO NOTHING
            """
        }
    }

    /// Takes a patient from a group; it holds from the next request on.
    package func revoke(_ patient: String, from id: String) throws {
        try changeGrant(of: patient, for: id, .grantRemoved) {
            "DELETE FROM portal.grants WHERE group_id = \(uuid: id) AND patient_id = \(uuid: patient)"
        }
    }

    private func changeGrant(of patient: String, for id: String, _ action: Audit.Action, _ sql: () -> SQL) throws {
        let rights = Rights(database: database, caller: caller)
        try database.retryingTransaction {
            try delegation.lock()
            // What was deleted can still be taken from a group, which could restore it otherwise.
            guard try rights.sees(patient: patient) || action == .grantRemoved && rights.saw(patient: patient) else {
                throw PortalError.notFound
            }
            let group = try find(id)
            try delegation.require(
                Delegation.Rights(
                    permissions: group.permissions.map(\.rawValue), onAll: group.scope == .all, patient: patient))
            guard try database.execute(sql()) > 0 else { return }
            try database.query(
                "SELECT portal.reconcile_scopes(ARRAY(SELECT id FROM portal.scopes WHERE \(uuid: id) = ANY (groups)))")
            try audit.record(action, patient: patient, details: ["group": id])
        }
    }
}
