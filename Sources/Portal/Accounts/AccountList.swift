import Postgres

extension Accounts {
    /// - Throws: `PortalError.notFound`.
    package func find(_ id: String) throws -> AccountRecord {
        guard isUUID(id), let account = try query("u.id = \(uuid: id)", limit: 1).first else {
            throw PortalError.notFound
        }
        return account
    }

    /// The account that signs in with this address.
    package func id(ofEmail email: String) throws(PostgresError) -> String? {
        try database.query("SELECT id FROM portal.users WHERE lower(email) = lower(\(email))").first.map {
            row throws(PostgresError) in try row.text(0)
        }
    }

    /// Sorted by e-mail address.
    ///
    /// - Parameters:
    ///   - text: part of the e-mail address or the name.
    ///   - status: one of the account's states; others find nobody.
    package func list(
        _ page: PageRequest, containing text: String? = nil, status: String? = nil
    ) throws -> Page<AccountRecord> {
        var condition: SQL = "true"
        if let text {
            condition += """
                 AND portal.fold(u.email || ' ' || u.name) LIKE '%' || portal.like_literal(portal.fold(\(text))) || '%'
                """
        }
        if let status { condition += " AND u.status = \(status)" }
        let total = try database.query("SELECT count(*) FROM portal.users u WHERE \(condition)").first?.int(0)
        if let cursor = try page.cursor(parts: 1) { condition += " AND lower(u.email) > lower(\(cursor.parts[0]))" }
        let found = try query(condition, limit: page.limit + 1)
        return Page(found, limit: page.limit, total: total) { Cursor($0.email) }
    }

    private func query(_ condition: SQL, limit: Int) throws -> [AccountRecord] {
        try database.query(
            """
            SELECT u.id, u.email, u.name, u.status, portal.instant(u.expires_at), u.language,
                ARRAY(SELECT g.id FROM portal.members m JOIN portal.groups g ON g.id = m.group_id
                      WHERE m.user_id = u.id ORDER BY lower(g.name)),
                u.patient, portal.instant(u.last_seen_at), u.must_change, u.revision
            FROM portal.users u WHERE \(condition) ORDER BY lower(u.email) LIMIT \(limit)
            """
        ).map { row in
            AccountRecord(
                id: try row.text(0), email: try row.text(1), name: try row.text(2),
                status: AccountRecord.Status(rawValue: try row.text(3)) ?? .disabled, expiresAt: try row.textOrNil(4),
                language: try row.text(5), groups: try row.texts(6), patient: try row.textOrNil(7),
                lastSeenAt: try row.textOrNil(8), mustChangePassword: try row.bool(9), revision: try row.int(10))
        }
    }
}
