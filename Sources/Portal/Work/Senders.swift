import DICOM
import Postgres

/// DICOM senders: every calling AE title, address and TLS name that ever came, and what it may.
package struct Senders {
    package struct Sender: Sendable, Equatable, Encodable {
        package let id: String
        package let aeTitle: String
        package let address: String
        /// The name in the certificate that it showed; empty without TLS, `*` over TLS without a certificate.
        package let tlsName: String
        package let allowed: Bool
        /// Specific Character Set for files that declare none or a wrong one; empty: none.
        package let charset: String
        /// The group that sees what this sender brings until it has a patient.
        @Nullable package private(set) var group: String?
        /// Whether that group makes patients from files.
        package let mayEditPatients: Bool
        package let instances: Int
        package let rejected: Int
        package let firstSeen: String
        package let lastSeen: String
    }

    private let database: Connection

    package init(database: Connection) { self.database = database }

    /// Finds or lists a sender; one that was unknown may do what `allowsUnknown` says, and it stays so.
    ///
    /// The same title from the same address is another sender with TLS than without it, or under another name.
    ///
    /// - Parameters:
    ///   - aeTitle: trimmed; bound as a value whatever it holds.
    ///   - address: the peer's address as text.
    ///   - tlsName: as in `Sender.tlsName`.
    ///   - allowsUnknown: true from loopback.
    package func meet(
        aeTitle: String, address: String, tlsName: String = "", allowsUnknown: Bool
    ) throws(PostgresError) -> Sender {
        if let known = try find(aeTitle, address, tlsName) { return known }
        try database.execute(
            """
            INSERT INTO portal.senders (ae_title, address, tls_name, allowed)
            VALUES (\(aeTitle), \(address), \(tlsName), \(allowsUnknown))
            ON CONFLICT (ae_title, address, tls_name) DO NOTHING
            """)
        guard let made = try find(aeTitle, address, tlsName) else { throw PostgresError(sqlState: "40001") }
        return made
    }

    private func find(_ aeTitle: String, _ address: String, _ tlsName: String) throws(PostgresError) -> Sender? {
        try find("s.ae_title = \(aeTitle) AND s.address = \(address) AND s.tls_name = \(tlsName)").first
    }

    /// Adds to a sender's counts; once per association, not per instance.
    package func note(_ id: String, instances: Int, rejected: Int = 0) throws(PostgresError) {
        try database.adding { () throws(PostgresError) in
            _ = try database.execute(
                """
                UPDATE portal.senders SET instances = instances + \(instances), rejected = rejected + \(rejected),
                    last_seen = now()
                WHERE id = \(uuid: id)
                """)
        }
    }

    /// All senders, those last seen first; at most 500.
    package func list() throws(PostgresError) -> [Sender] { try find("true") }

    package func find(id: String) throws(PostgresError) -> Sender? {
        guard isUUID(id) else { return nil }
        return try find("s.id = \(uuid: id)").first
    }

    /// Changes what a sender may; what is `nil` stays.
    ///
    /// - Parameters:
    ///   - charset: a defined term of PS3.3 §C.12.1.1.2 without code extensions; empty takes it away.
    ///   - group: null takes its group away.
    /// - Throws: `PortalError.notFound`; 422 `sender.group.unknown`, `sender.charset.invalid`.
    package func change(_ id: String, allowed: Bool?, charset: String?, group: Change<String>) throws {
        guard try find(id: id) != nil else { throw PortalError.notFound }
        if let charset, !charset.isEmpty, !SpecificCharacterSet.isFallback(charset) {
            throw PortalError.invalid("charset", "sender.charset.invalid")
        }
        if let group = group.value, try !exists(group: group) {
            throw PortalError.invalid("group", "sender.group.unknown")
        }
        try database.retryingTransaction {
            if group != .keep { try database.query("SELECT portal.move_sender(\(uuid: id), \(uuid: group.value))") }
            try database.execute(
                """
                UPDATE portal.senders SET allowed = coalesce(\(allowed), allowed), charset = coalesce(\(charset), charset)
                WHERE id = \(uuid: id)
                """)
        }
    }

    private func exists(group: String) throws(PostgresError) -> Bool {
        guard isUUID(group) else { return false }
        return try !database.query("SELECT 1 FROM portal.groups WHERE id = \(uuid: group)").isEmpty
    }

    private func find(_ condition: SQL) throws(PostgresError) -> [Sender] {
        try database.query(
            """
            SELECT s.id, s.ae_title, s.address, s.tls_name, s.allowed, s.charset, s.group_id,
                coalesce('editPatients' = ANY (g.permissions), false), s.instances, s.rejected,
                portal.instant(s.first_seen), portal.instant(s.last_seen)
            FROM portal.senders s LEFT JOIN portal.groups g ON g.id = s.group_id
            WHERE \(condition) ORDER BY s.last_seen DESC, s.id LIMIT 500
            """
        ).map { row throws(PostgresError) in
            Sender(
                id: try row.text(0), aeTitle: try row.text(1), address: try row.text(2), tlsName: try row.text(3),
                allowed: try row.bool(4), charset: try row.text(5), group: try row.textOrNil(6),
                mayEditPatients: try row.bool(7), instances: try row.int(8), rejected: try row.int(9),
                firstSeen: try row.text(10), lastSeen: try row.text(11))
        }
    }
}
