import Postgres

/// Whom a deferred import works for: the account as it is now, with no more than its token gave when it asked.
package struct ImportCaller {
    private let database: Connection

    package init(database: Connection) { self.database = database }

    /// - Returns: `nil` when the account is gone or not active.
    package func find(_ user: String, atMost permissions: Set<Permission>) throws -> Caller? {
        let rows = try database.query(
            """
            SELECT u.id, u.name, u.email, u.language, u.scope_id,
                ARRAY(SELECT DISTINCT unnest(g.permissions) FROM portal.members m
                    JOIN portal.groups g ON g.id = m.group_id WHERE m.user_id = u.id),
                ARRAY(SELECT DISTINCT unnest(g.permissions) FROM portal.members m
                    JOIN portal.groups g ON g.id = m.group_id WHERE m.user_id = u.id AND g.scope_all)
            FROM portal.users u WHERE u.id = \(uuid: user) AND u.status = 'active'
                AND (u.expires_at IS NULL OR u.expires_at > now())
            """)
        return try rows.first.map { row in
            Caller(
                userID: try row.text(0), name: try row.text(1), email: try row.text(2), language: try row.text(3),
                scopeID: permissions.contains(.view) ? try row.int(4) : Caller.seesNothing,
                permissions: Set(try row.texts(5).compactMap(Permission.init)).intersection(permissions),
                permissionsOnAll: Set(try row.texts(6).compactMap(Permission.init)).intersection(permissions))
        }
    }
}
