import Crypto
import Postgres

/// The seals of the record: each is a hash over the seal before it and the rows that came since, so that nobody changes,
/// removes or slips in a row unnoticed.
///
/// A chain inside the transactions would make them wait for each other; rows are sealed a few seconds later, when no
/// running transaction can still add one among them.
package struct AuditChain {
    /// The place of a seal in the record: see migration 8.
    struct Range: Equatable {
        let after: Int
        let last: Int
        let first: String
        let below: String
    }

    /// One seal, as text that can be kept elsewhere.
    package struct Seal: Sendable, Equatable {
        package let number: Int
        /// 64 hexadecimal digits.
        package let hash: String

        package init(number: Int, hash: String) { (self.number, self.hash) = (number, hash) }
    }

    private static let lock = 4_242_004
    private static let pageSize = 5000
    /// Larger than any transaction's number.
    private static let never = "9223372036854775807"

    let database: Connection

    package init(database: Connection) { self.database = database }

    /// Seals the rows whose transactions are over, unless another process does.
    ///
    /// - Returns: how many rows were sealed.
    @discardableResult
    package func seal() throws -> Int {
        try database.transaction {
            guard try database.query("SELECT pg_try_advisory_xact_lock(\(Self.lock))").first?.bool(0) == true,
                let range = try nextRange()
            else { return 0 }
            let former = try lastSeal()
            let (hash, rows) = try digest(over: range, former: former?.hash ?? "")
            guard rows > 0 else { return 0 }
            try database.execute(
                """
                INSERT INTO portal.audit_seals (number, after_id, last_id, first, below, rows, hash)
                VALUES (\((former?.number ?? 0) + 1), \(range.after), \(range.last), \(range.first)::xid8,
                    \(range.below)::xid8, \(rows), decode(\(hash), 'hex'))
                """)
            return rows
        }
    }

    func lastSeal() throws -> Seal? {
        try database.query("SELECT number, encode(hash, 'hex') FROM portal.audit_seals ORDER BY number DESC LIMIT 1")
            .first.map { Seal(number: try $0.int(0), hash: try $0.text(1)) }
    }

    /// The rows to seal next.
    ///
    /// In a cluster that counts transactions anew, as after a backup was restored, the rest of the former one is closed
    /// first; then a range begins after all ids that were there.
    private func nextRange() throws -> Range? {
        let row = try database.query(
            """
            WITH last AS (SELECT after_id, below FROM portal.audit_seals ORDER BY number DESC LIMIT 1),
            now AS (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS oldest, pg_snapshot_xmax(pg_current_snapshot()) AS next)
            SELECT coalesce(after_id, 0), coalesce(below, '0'::xid8)::text, now.oldest::text,
                coalesce(below > now.next, false), (SELECT coalesce(max(last_id), 0) FROM portal.audit_seals)
            FROM now LEFT JOIN last ON true
            """
        ).first
        guard let row else { return nil }
        let (after, below, oldest) = (try row.int(0), try row.text(1), try row.text(2))
        guard try row.bool(3) else { return try range(after: after, first: below, below: oldest) }
        return try range(after: after, first: below, below: Self.never)
            ?? range(after: try row.int(4), first: "0", below: oldest)
    }

    /// - Returns: `nil` when there is no such row.
    private func range(after: Int, first: String, below: String) throws -> Range? {
        let last = try database.query(
            """
            SELECT max(id) FROM portal.audit WHERE id > \(after) AND xid >= \(first)::xid8 AND xid < \(below)::xid8
            """
        ).first?.intOrNil(0)
        return last.map { Range(after: after, last: $0, first: first, below: below) }
    }

    /// The hash of a seal over the rows of a range as they are now.
    ///
    /// - Parameter former: the hash of the seal before it, in hexadecimal digits; empty for the first.
    func digest(over range: Range, former: String) throws -> (hash: String, rows: Int) {
        var hash = SHA256()
        hash.update(data: Array(former.utf8))
        var (rows, place) = (0, range.after)
        while true {
            let page = try database.query(
                """
                SELECT id, jsonb_build_array(id, xid::text, extract(epoch FROM at), actor, sender, action, patient, study,
                    address, details, visit)::text
                FROM portal.audit WHERE id > \(place) AND id <= \(range.last) AND xid >= \(range.first)::xid8
                    AND xid < \(range.below)::xid8
                ORDER BY id LIMIT \(Self.pageSize)
                """)
            for row in page { hash.update(data: Array((try row.text(1) + "\n").utf8)) }
            rows += page.count
            guard page.count == Self.pageSize, let last = try page.last?.int(0) else { break }
            place = last
        }
        return (hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(), rows)
    }
}
