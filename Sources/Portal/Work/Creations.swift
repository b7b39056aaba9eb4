import Postgres

/// Makes the creation of things idempotent: the same caller with the same `Idempotency-Key` gets the same thing.
package struct Creations {
    /// In bytes.
    private static let longestKey = 200

    private let database: Connection
    private let caller: Caller

    package init(database: Connection, caller: Caller) {
        self.database = database
        self.caller = caller
    }

    /// Makes something unless it was made with this key before.
    ///
    /// - Parameters:
    ///   - key: `nil` makes it in any case.
    ///   - make: makes it and gives its id.
    /// - Returns: the id.
    /// - Throws: what `make` throws, after which nothing is remembered; 400 `idempotencyKey.tooLong`; 409
    ///   `idempotencyKey.used` when the key made another kind of thing.
    package func once(_ key: String?, kind: String, make: () throws -> String) throws -> String {
        guard let key, let user = caller.userID else { return try make() }
        guard key.utf8.count <= Self.longestKey else {
            throw PortalError.malformed(code: "idempotencyKey.tooLong", details: ["limit": "\(Self.longestKey)"])
        }
        return try database.retryingTransaction {
            let isFirst =
                try database.execute(
                    """
                    INSERT INTO portal.creations (user_id, key, kind) VALUES (\(uuid: user), \(key), \(kind))
                    ON CONFLICT DO NOTHING
                    """) == 1
            guard isFirst else { return try made(key, kind, user) }
            let id = try make()
            try database.execute(
                "UPDATE portal.creations SET item = \(uuid: id) WHERE user_id = \(uuid: user) AND key = \(key)")
            return id
        }
    }

    /// Forgets the keys of yesterday.
    package static func sweep(_ database: Connection) throws(PostgresError) {
        try database.execute("DELETE FROM portal.creations WHERE made_at < now() - interval '1 day'")
    }

    private func made(_ key: String, _ kind: String, _ user: String) throws -> String {
        let row = try database.query(
            "SELECT item FROM portal.creations WHERE user_id = \(uuid: user) AND key = \(key) AND kind = \(kind)"
        ).first
        guard let item = try row?.textOrNil(0) else { throw PortalError.conflict(code: "idempotencyKey.used") }
        return item
    }
}
