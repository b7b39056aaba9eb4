import Crypto
import Postgres

/// The seals of the record: each is a hash over the seal before it and the rows that came since, so that nobody changes,
/// removes or slips in a row unnoticed.
///
/// A chain inside the transactions would make them wait for each other; rows are sealed a few seconds later, when no
/// running transaction can still add one among them.
package struct AuditChain {
    /// Rows of the record: see migration 8.
    struct Range: Equatable {
        let after: Int
        let first: String
        let below: String
        /// `nil` for all that are there.
        var last: Int?
    }

    /// What a range holds.
    struct Digest: Equatable {
        let hash: String
        let rows: Int
        let last: Int
    }

    /// One seal, as text that can be kept elsewhere.
    package struct Seal: Sendable, Equatable {
        package let number: Int
        /// 64 hexadecimal digits.
        package let hash: String

        package init(number: Int, hash: String) { (self.number, self.hash) = (number, hash) }
    }

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
            guard try database.query("SELECT pg_try_advisory_xact_lock(\(AdvisoryLock.seal))").first?.bool(0) == true
            else {
                return 0
            }
            let former = try lastSeal()
            for range in try nextRanges() {
                let found = try digest(over: range, former: former?.hash ?? "")
                guard found.rows > 0 else { continue }
                try database.execute(
                    """
                    INSERT INTO portal.audit_seals (number, after_id, last_id, first, below, rows, hash)
                    VALUES (\((former?.number ?? 0) + 1), \(range.after), \(found.last), \(range.first)::xid8,
                        \(range.below)::xid8, \(found.rows), decode(\(found.hash), 'hex'))
                    """)
                return found.rows
            }
            return 0
        }
    }

    func lastSeal() throws -> Seal? {
        try database.query("SELECT number, encode(hash, 'hex') FROM portal.audit_seals ORDER BY number DESC LIMIT 1")
            .first.map { Seal(number: try $0.int(0), hash: try $0.text(1)) }
    }

    /// Where the rows to seal next may be.
    ///
    /// In a cluster that counts transactions anew, as after a backup was restored, the rest of the former one is closed
    /// first; then a range begins after all ids that were there.
    private func nextRanges() throws -> [Range] {
        let row = try database.query(
            """
            WITH last AS (SELECT after_id, below FROM portal.audit_seals ORDER BY number DESC LIMIT 1),
            now AS (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS oldest, pg_snapshot_xmax(pg_current_snapshot()) AS next)
            SELECT coalesce(after_id, 0), coalesce(below, '0'::xid8)::text, now.oldest::text,
                coalesce(below > now.next, false), (SELECT coalesce(max(last_id), 0) FROM portal.audit_seals)
            FROM now LEFT JOIN last ON true
            """
        ).first
        guard let row else { return [] }
        let (after, below, oldest) = (try row.int(0), try row.text(1), try row.text(2))
        guard try row.bool(3) else { return [Range(after: after, first: below, below: oldest)] }
        return [
            Range(after: after, first: below, below: Self.never),
            Range(after: try row.int(4), first: "0", below: oldest),
        ]
    }

    /// The hash of a seal over the rows of a range as they are now, in the order of their transactions and ids.
    ///
    /// - Parameter former: the hash of the seal before it, in hexadecimal digits; empty for the first.
    func digest(over range: Range, former: String) throws -> Digest {
        var hash = SHA256()
        hash.update(data: Array(former.utf8))
        var (rows, last, place) = (0, 0, (xid: range.first, id: -1))
        while true {
            let page = try database.query(
                """
                SELECT xid::text, id, jsonb_build_array(id, xid::text, extract(epoch FROM at), actor, sender, action,
                    patient, study, address, details, visit)::text
                FROM portal.audit WHERE (xid, id) > (\(place.xid)::xid8, \(place.id)::bigint)
                    AND xid < \(range.below)::xid8 AND id > \(range.after) AND id <= \(range.last ?? .max)
                ORDER BY xid, id LIMIT \(Self.pageSize)
                """)
            for row in page {
                hash.update(data: Array((try row.text(2) + "\n").utf8))
                last = max(last, try row.int(1))
            }
            rows += page.count
            guard page.count == Self.pageSize, let end = page.last else { break }
            place = (try end.text(0), try end.int(1))
        }
        let digits = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return Digest(hash: digits, rows: rows, last: last)
    }
}
