import Postgres

/// An access token for a program, as its owner sees it; the secret is shown once, when it is made.
package struct AccessToken: Sendable, Equatable, Encodable {
    package let id: String
    package let name: String
    /// `read`, `store`.
    package let may: [String]
    package let createdAt: String
    package let expiresAt: String
    @Nullable package private(set) var lastSeenAt: String?
}

/// Tokens that programs send as Bearer, or as the password of Basic.
package struct AccessTokens {
    private static let uses = ["read", "store"]
    private static let longestLife = 3650
    /// In characters.
    private static let longestName = 100

    private let database: Connection
    private let user: String

    package init(database: Connection, user: String) {
        self.database = database
        self.user = user
    }

    /// - Parameters:
    ///   - may: some of `read` and `store`.
    ///   - days: how long it lives.
    /// - Throws: 422 `token.name.missing`, `token.name.tooLong`, `token.may.unknown`, `token.days.invalid`.
    package func make(
        name: String, may: [String], days: Int, address: String
    ) throws -> (secret: String, token: AccessToken) {
        let problems = Self.problems(name: name, may: may, days: days)
        guard problems.isEmpty else { throw PortalError.invalid(problems) }
        let secret = Secret.random()
        let rows = try database.query(
            """
            INSERT INTO portal.sessions (token_hash, user_id, kind, name, may, expires_at, address)
            VALUES (\(secret.hash), \(uuid: user), 'token', \(name), \(Array(Set(may)).sorted()),
                now() + make_interval(days => \(days)), \(address))
            RETURNING id
            """)
        let id = try rows.first?.text(0) ?? ""
        try Audit(database: database, actor: user, address: address).record(.tokenMade, details: ["token": id])
        guard let token = try list().first(where: { $0.id == id }) else { throw PortalError.notFound }
        return (secret.text, token)
    }

    /// The living tokens, the newest first.
    package func list() throws(PostgresError) -> [AccessToken] {
        try database.query(
            """
            SELECT id, name, may, portal.instant(created_at), portal.instant(expires_at), portal.instant(last_seen_at)
            FROM portal.sessions WHERE user_id = \(uuid: user) AND kind = 'token' AND expires_at > now()
            ORDER BY created_at DESC, id
            """
        ).map { row throws(PostgresError) in
            AccessToken(
                id: try row.text(0), name: try row.text(1), may: try row.texts(2), createdAt: try row.text(3),
                expiresAt: try row.text(4), lastSeenAt: try row.textOrNil(5))
        }
    }

    /// - Throws: `PortalError.notFound`.
    package func revoke(id: String, address: String) throws {
        guard try Sessions(database: database).revoke(id: id, of: user, kind: .token) else {
            throw PortalError.notFound
        }
        try Audit(database: database, actor: user, address: address).record(.tokenRevoked, details: ["token": id])
    }

    private static func problems(name: String, may: [String], days: Int) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if name.isEmpty { problems.append(FieldProblem(field: "name", code: "token.name.missing")) }
        if name.count > longestName {
            problems.append(FieldProblem(field: "name", code: "token.name.tooLong", limit: longestName))
        }
        if may.isEmpty || !Set(may).isSubset(of: uses) {
            problems.append(FieldProblem(field: "may", code: "token.may.unknown"))
        }
        if !(1...longestLife).contains(days) {
            problems.append(FieldProblem(field: "days", code: "token.days.invalid", limit: longestLife))
        }
        return problems
    }
}
