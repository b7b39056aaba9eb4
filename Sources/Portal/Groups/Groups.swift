import Postgres

/// Groups, as those see and change them who manage users.
package struct Groups {
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

    /// - Throws: `PortalError.notFound`.
    package func find(_ id: String) throws -> GroupRecord {
        guard isUUID(id), let group = try query("g.id = \(uuid: id)", limit: 1).first else {
            throw PortalError.notFound
        }
        return group
    }

    /// Sorted by name.
    package func list(_ page: PageRequest, containing text: String? = nil) throws -> Page<GroupRecord> {
        var condition: SQL = "true"
        if let text {
            condition += " AND portal.fold(g.name) LIKE '%' || portal.like_literal(portal.fold(\(text))) || '%'"
        }
        let total = try database.query("SELECT count(*) FROM portal.groups g WHERE \(condition)").first?.int(0)
        if let cursor = try page.cursor(parts: 1) { condition += " AND lower(g.name) > lower(\(cursor.parts[0]))" }
        return Page(try query(condition, limit: page.limit + 1), limit: page.limit, total: total) { Cursor($0.name) }
    }

    /// Makes a group; it has no members and no grants yet.
    ///
    /// - Throws: 422 (see `GroupFields`); 409 `group.name.taken`; 403 `rights.beyond`.
    package func make(_ draft: GroupDraft) throws -> GroupRecord {
        let fields = try GroupFields(draft, over: nil)
        return try uniquelyNamed {
            try delegation.lock()
            try delegation.require(Delegation.Rights(permissions: fields.permissions, onAll: fields.isForAll))
            let rows = try database.query(
                """
                INSERT INTO portal.groups (name, permissions, scope_all)
                VALUES (\(fields.name), \(fields.permissions), \(fields.isForAll)) RETURNING id
                """)
            guard let id = try rows.first?.text(0) else { throw PortalError.notFound }
            try audit.record(.groupMade, details: ["group": id])
            return try find(id)
        }
    }

    /// - Parameter matching: is given the revision that would be overwritten, and throws when another was meant.
    /// - Throws: `PortalError.notFound`; 422; 409 `group.name.taken`, `users.lastManager`; 403 `rights.beyond`.
    package func change(_ id: String, _ draft: GroupDraft, matching: (Int) throws -> Void) throws -> GroupRecord {
        try uniquelyNamed {
            try delegation.lock()
            let current = try find(id)
            try matching(current.revision)
            let fields = try GroupFields(draft, over: current)
            try delegation.require(group: id)
            try delegation.require(
                Delegation.Rights(permissions: fields.permissions, onAll: fields.isForAll, group: id))
            try database.execute(
                """
                UPDATE portal.groups SET name = \(fields.name), permissions = \(fields.permissions),
                    scope_all = \(fields.isForAll), revision = revision + 1
                WHERE id = \(uuid: id)
                """)
            try delegation.requireManagerRemains()
            try database.query("SELECT portal.refresh_scopes(\(uuids: [id]))")
            try audit.record(.groupChanged, details: ["group": id])
            return try find(id)
        }
    }

    /// Removes a group; its members lose what it gave.
    ///
    /// - Throws: `PortalError.notFound`; 409 `users.lastManager`; 403 `rights.beyond`.
    package func remove(_ id: String, matching: (Int) throws -> Void) throws {
        try database.retryingTransaction {
            try delegation.lock()
            try matching(try find(id).revision)
            try delegation.require(group: id)
            let members = try database.query(
                "SELECT user_id FROM portal.members WHERE group_id = \(uuid: id) ORDER BY user_id"
            ).map { try $0.text(0) }
            let senders = try database.query("SELECT id FROM portal.senders WHERE group_id = \(uuid: id)")
            for sender in senders {
                try database.query("SELECT portal.move_sender(\(uuid: try sender.text(0)), NULL)")
            }
            try database.execute("DELETE FROM portal.groups WHERE id = \(uuid: id)")
            try delegation.requireManagerRemains()
            for member in members { try database.query("SELECT portal.assign_scope(\(uuid: member))") }
            try audit.record(.groupRemoved, details: ["group": id])
        }
    }

    private func uniquelyNamed<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try database.retryingTransaction(body)
        } catch let error as PostgresError where error.constraint == "groups_name" {
            throw PortalError.conflict(code: "group.name.taken", field: "name")
        }
    }

    private func query(_ condition: SQL, limit: Int) throws -> [GroupRecord] {
        return try database.query(
            """
            SELECT g.id, g.name, g.permissions, g.scope_all, g.revision,
                (SELECT count(*) FROM portal.members WHERE group_id = g.id),
                (SELECT count(*) FROM portal.grants x JOIN portal.visible_patients v
                    ON v.patient = x.patient_id AND v.scope_id = \(caller.scopeID) WHERE x.group_id = g.id)
            FROM portal.groups g WHERE \(condition) ORDER BY lower(g.name) LIMIT \(limit)
            """
        ).map { row in
            GroupRecord(
                id: try row.text(0), name: try row.text(1),
                permissions: try row.texts(2).compactMap(Permission.init), scope: try row.bool(3) ? .all : .granted,
                members: try row.int(5), grants: try row.int(6), revision: try row.int(4))
        }
    }
}
