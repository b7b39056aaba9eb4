import Postgres

/// The states of the workflow that a patient can be in.
package struct Statuses {
    package struct Labels: Sendable, Equatable, Codable {
        package let fr: String
        package let en: String
    }

    package struct Entry: Sendable, Equatable, Encodable {
        package let code: String
        package let label: Labels
    }

    /// The state of a new patient.
    package static let initial = "toRead"

    /// In characters.
    private static let longestLabel = 60
    private static let longestCode = 32

    private let database: Connection
    private let audit: Audit

    package init(database: Connection, caller: Caller = .stranger, address: String = "") {
        self.database = database
        audit = Audit(database: database, actor: caller.userID, address: address)
    }

    /// In the order of the workflow.
    package func list() throws(PostgresError) -> [Entry] {
        try database.query("SELECT code, label_fr, label_en FROM portal.statuses ORDER BY position, code").map {
            row throws(PostgresError) in
            Entry(code: try row.text(0), label: Labels(fr: try row.text(1), en: try row.text(2)))
        }
    }

    /// Adds a state behind the others.
    ///
    /// - Parameter code: letters and digits, a letter first.
    /// - Throws: 422 `status.code.invalid`, `status.label.missing`, `status.label.tooLong`; 409 `status.taken`.
    package func make(code: String, label: Labels) throws -> Entry {
        guard let first = code.utf8.first, code.utf8.count <= Self.longestCode, code.utf8.allSatisfy(Self.isCode),
            first >= UInt8(ascii: "A")
        else { throw PortalError.invalid("code", "status.code.invalid") }
        let label = try Self.checked(label)
        return try database.retryingTransaction {
            let made = try database.execute(
                """
                INSERT INTO portal.statuses (code, label_fr, label_en, position)
                SELECT \(code), \(label.fr), \(label.en), coalesce(max(position), 0) + 1 FROM portal.statuses
                ON CONFLICT (code) DO NOTHING
                """)
            guard made == 1 else { throw PortalError.conflict(code: "status.taken", field: "code") }
            try audit.record(.statusMade, details: ["status": code])
            return Entry(code: code, label: label)
        }
    }

    /// Renames a state, and moves it.
    ///
    /// - Parameter position: 1 for the head of the list; `nil` leaves it where it is.
    /// - Throws: `PortalError.notFound`; 422 as `make`.
    package func change(_ code: String, label: Labels, position: Int?) throws -> Entry {
        let label = try Self.checked(label)
        return try database.retryingTransaction {
            try database.script("LOCK TABLE portal.statuses IN SHARE ROW EXCLUSIVE MODE")
            var codes = try list().map(\.code)
            guard let place = codes.firstIndex(of: code) else { throw PortalError.notFound }
            if let position {
                codes.remove(at: place)
                codes.insert(code, at: min(max(position, 1), codes.count + 1) - 1)
            }
            try database.execute(
                "UPDATE portal.statuses SET label_fr = \(label.fr), label_en = \(label.en) WHERE code = \(code)")
            try database.execute(
                """
                UPDATE portal.statuses s SET position = n.place
                FROM unnest(\(codes)::text[]) WITH ORDINALITY AS n (code, place) WHERE s.code = n.code
                """)
            try audit.record(.statusChanged, details: ["status": code])
            return Entry(code: code, label: label)
        }
    }

    /// Removes a state that no patient is in.
    ///
    /// - Throws: `PortalError.notFound`; 409 `status.initial`, `status.inUse`.
    package func remove(_ code: String) throws {
        guard code != Self.initial else { throw PortalError.conflict(code: "status.initial") }
        do {
            try database.retryingTransaction {
                // Nobody could give another one to a file that is deleted or part of another.
                try database.execute(
                    """
                    UPDATE portal.patients SET status = \(Self.initial) WHERE status = \(code)
                        AND (deleted IS NOT NULL OR merged_into IS NOT NULL)
                    """)
                guard try database.execute("DELETE FROM portal.statuses WHERE code = \(code)") == 1 else {
                    throw PortalError.notFound
                }
                try audit.record(.statusRemoved, details: ["status": code])
            }
        } catch let error as PostgresError where error.isForeignKeyViolation {
            throw PortalError.conflict(code: "status.inUse")
        }
    }

    private static func checked(_ label: Labels) throws(PortalError) -> Labels {
        let label = Labels(fr: plain(label.fr), en: plain(label.en))
        var problems: [FieldProblem] = []
        for (field, text) in [("label.fr", label.fr), ("label.en", label.en)] {
            if text.isEmpty { problems.append(FieldProblem(field: field, code: "status.label.missing")) }
            if text.count > longestLabel {
                problems.append(FieldProblem(field: field, code: "status.label.tooLong", limit: longestLabel))
            }
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        return label
    }

    private static func isCode(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
