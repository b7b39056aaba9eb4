import Postgres

/// What the record looks like when all its seals are computed again.
package struct AuditVerification: Sendable, Equatable {
    /// What is not as it was sealed.
    package enum Fault: Sendable, Equatable {
        /// A seal between two others is gone.
        case sealMissing(number: Int)
        /// Rows of this seal were changed, removed or slipped in.
        case rowsDiffer(seal: Int, sealed: Int, found: Int)
        /// Rows pretend to be older than the newest seal, which does not hold them.
        case rowsBesideSeals(count: Int)
        /// The seal that was noted elsewhere is not in this record.
        case anchorDiffers(number: Int)
    }

    package internal(set) var seals = 0
    package internal(set) var sealedRows = 0
    /// What is not sealed yet, as it was written just now.
    package internal(set) var unsealedRows = 0
    /// The newest seal, to be noted elsewhere.
    package internal(set) var newest: AuditChain.Seal?
    /// The first fault; what comes after it was not looked at.
    package internal(set) var fault: Fault?
}

extension AuditChain {
    private static let pageSize = 1000

    /// Computes every seal again.
    ///
    /// - Parameters:
    ///   - anchor: a seal that was noted elsewhere and must be in the record.
    ///   - progress: is told how many seals are done.
    /// - Complexity: O(rows of the record).
    package func verify(anchor: Seal? = nil, progress: (Int) -> Void = { _ in }) throws -> AuditVerification {
        var found = AuditVerification()
        var (former, hasAnchor) = ("", anchor == nil)
        while found.fault == nil {
            let page = try seals(after: found.seals)
            for (seal, range, rows) in page {
                found.fault = try fault(of: seal, range, rows, former: former, number: found.seals + 1)
                guard found.fault == nil else { return found }
                found.seals += 1
                found.sealedRows += rows
                found.newest = seal
                former = seal.hash
                hasAnchor = hasAnchor || seal == anchor
                progress(found.seals)
            }
            if page.count < Self.pageSize { break }
        }
        if let anchor, !hasAnchor { found.fault = .anchorDiffers(number: anchor.number) }
        try countTheRest(of: &found)
        return found
    }

    private func fault(
        of seal: Seal, _ range: Range, _ rows: Int, former: String, number: Int
    ) throws -> AuditVerification.Fault? {
        guard seal.number == number else { return .sealMissing(number: number) }
        let again = try digest(over: range, former: former)
        guard again.hash == seal.hash, again.rows == rows else {
            return .rowsDiffer(seal: number, sealed: rows, found: again.rows)
        }
        return nil
    }

    private func seals(after number: Int) throws -> [(seal: Seal, range: Range, rows: Int)] {
        try database.query(
            """
            SELECT number, encode(hash, 'hex'), after_id, last_id, first::text, below::text, rows FROM portal.audit_seals
            WHERE number > \(number) ORDER BY number LIMIT \(Self.pageSize)
            """
        ).map { row in
            (
                Seal(number: try row.int(0), hash: try row.text(1)),
                Range(
                    after: try row.int(2), first: try row.text(4), below: try row.text(5), last: try row.int(3)),
                try row.int(6)
            )
        }
    }

    /// Rows that no seal holds: those that came since the newest one, and those that have no business there.
    private func countTheRest(of found: inout AuditVerification) throws {
        let row = try database.query(
            """
            WITH last AS (SELECT after_id, below FROM portal.audit_seals WHERE number = \(found.seals))
            SELECT count(*), count(*) FILTER (WHERE last.below IS NULL OR a.id > last.after_id AND a.xid >= last.below
                OR last.below > pg_snapshot_xmax(pg_current_snapshot())
                    AND a.id > (SELECT max(last_id) FROM portal.audit_seals WHERE number <= \(found.seals)))
            FROM portal.audit a LEFT JOIN last ON true
            """
        ).first
        let all = try row?.int(0) ?? 0
        found.unsealedRows = try row?.int(1) ?? 0
        let beside = all - found.sealedRows - found.unsealedRows
        if found.fault == nil, beside != 0 { found.fault = .rowsBesideSeals(count: beside) }
    }
}
