import Postgres

/// An account that can see a patient, and why.
package struct PatientReader: Sendable, Equatable, Encodable {
    package struct Account: Sendable, Equatable, Encodable {
        package let id: String
        package let email: String
        package let name: String
        package let status: AccountRecord.Status
        /// RFC 3339; it sees nothing from then on.
        @Nullable package private(set) var expiresAt: String?
    }

    package enum Reason: Sendable, Equatable, Encodable {
        /// A group that sees all patients, or that this one is granted to.
        case group(id: String, name: String, scope: GroupRecord.Scope, permissions: [Permission])
        /// It is the patient's own account.
        case own

        private enum Key: String, CodingKey { case kind, id, name, scope, permissions }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            switch self {
            case .own: try container.encode("own", forKey: .kind)
            case .group(let id, let name, let scope, let permissions):
                try container.encode("group", forKey: .kind)
                try container.encode(id, forKey: .id)
                try container.encode(name, forKey: .name)
                try container.encode(scope, forKey: .scope)
                try container.encode(permissions, forKey: .permissions)
            }
        }
    }

    package let user: Account
    /// All that its groups give for this patient.
    package let permissions: [Permission]
    package let reasons: [Reason]
}

/// Who can see a patient: the same rule as the visible lists, read backwards.
package struct PatientAccess {
    private let database: Connection
    private let rights: Rights

    package init(database: Connection, caller: Caller) {
        self.database = database
        rights = Rights(database: database, caller: caller)
    }

    /// Sorted by e-mail address.
    ///
    /// - Throws: `PortalError.notFound`; 403 without `manageUsers` for this patient.
    package func readers(of patient: String, _ page: PageRequest) throws -> Page<PatientReader> {
        try rights.require(.manageUsers, patient: patient)
        let after = try page.cursor(parts: 1)?.parts[0] ?? ""
        let rows = try database.query(
            """
            WITH giving AS (
                SELECT g.* FROM portal.groups g WHERE g.scope_all OR EXISTS (
                    SELECT FROM portal.grants x WHERE x.group_id = g.id AND x.patient_id = \(uuid: patient))
            ), readers AS (
                SELECT u.* FROM portal.users u WHERE (u.patient = \(uuid: patient) OR u.patient IS NULL AND EXISTS (
                    SELECT FROM portal.members m JOIN giving g ON g.id = m.group_id
                    WHERE m.user_id = u.id AND 'view' = ANY (g.permissions))) AND lower(u.email) > lower(\(after))
                ORDER BY lower(u.email) LIMIT \(page.limit + 1)
            )
            SELECT r.id, r.email, r.name, r.status, portal.instant(r.expires_at), g.id, g.name, g.scope_all, g.permissions
            FROM readers r LEFT JOIN (portal.members m JOIN giving g ON g.id = m.group_id)
                ON m.user_id = r.id AND r.patient IS NULL
            ORDER BY lower(r.email), lower(g.name)
            """)
        return Page(try Self.readers(rows), limit: page.limit, total: nil) { Cursor($0.user.email) }
    }

    /// - Parameter rows: one for each account and group, sorted by account.
    private static func readers(_ rows: [Row]) throws -> [PatientReader] {
        var readers: [(user: PatientReader.Account, reasons: [PatientReader.Reason])] = []
        for row in rows {
            let user = PatientReader.Account(
                id: try row.text(0), email: try row.text(1), name: try row.text(2),
                status: AccountRecord.Status(rawValue: try row.text(3)) ?? .disabled, expiresAt: try row.textOrNil(4))
            if readers.last?.user.id != user.id { readers.append((user, [])) }
            guard let group = try row.textOrNil(5) else { continue }
            readers[readers.count - 1].reasons.append(
                .group(
                    id: group, name: try row.text(6), scope: try row.bool(7) ? .all : .granted,
                    permissions: try row.texts(8).compactMap(Permission.init)))
        }
        return readers.map { user, reasons in
            let given = reasons.reduce(into: Set<Permission>()) { given, reason in
                if case .group(_, _, _, let permissions) = reason { given.formUnion(permissions) }
            }
            return PatientReader(
                user: user, permissions: reasons.isEmpty ? [.view] : Permission.allCases.filter(given.contains),
                reasons: reasons.isEmpty ? [.own] : reasons)
        }
    }
}
