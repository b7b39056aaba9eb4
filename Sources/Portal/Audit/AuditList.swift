import Postgres

/// One row of the record, as people read it.
package struct AuditEntry: Sendable, Equatable, Encodable {
    package struct Actor: Sendable, Equatable, Encodable {
        package let id: String
        /// Both empty for an account that is gone.
        package let email: String
        package let name: String
    }

    package struct Sender: Sendable, Equatable, Encodable {
        package let id: String
        package let aeTitle: String
    }

    /// All but the id are empty for a patient whom the reader does not see.
    package struct Patient: Sendable, Equatable, Encodable {
        package let id: String
        package let patientId: String
        package let lastName: String
        package let firstName: String

        /// - Parameters:
        ///   - id: the column of the patient's id; `nil` is given for a row without one.
        ///   - patientId: the column of the trade's id, NULL for a patient whom the reader does not see.
        init?(_ row: Row, id: Int, patientId: Int, lastName: Int, firstName: Int) throws(PostgresError) {
            guard let key = try row.textOrNil(id) else { return nil }
            let trade = try row.textOrNil(patientId)
            self.init(
                id: key, patientId: trade ?? "", lastName: trade == nil ? "" : try row.textOrNil(lastName) ?? "",
                firstName: trade == nil ? "" : try row.textOrNil(firstName) ?? "")
        }

        init(id: String, patientId: String, lastName: String, firstName: String) {
            self.id = id
            self.patientId = patientId
            self.lastName = lastName
            self.firstName = firstName
        }
    }

    package let id: Int
    /// RFC 3339, UTC.
    package let at: String
    @Nullable package private(set) var actor: Actor?
    @Nullable package private(set) var sender: Sender?
    package let action: String
    @Nullable package private(set) var patient: Patient?
    /// The Study Instance UID.
    @Nullable package private(set) var study: String?
    package let address: String
    package let details: FreeJSON
    /// Whether a seal holds it.
    package let sealed: Bool
}

/// What a list of the record is narrowed to.
package struct AuditFilter: Sendable, Equatable {
    package var actor: String?
    /// With what was merged into the file, and its studies.
    package var patient: String?
    /// A Study Instance UID.
    package var study: String?
    /// An action, or its beginning up to the dot.
    package var action: String?
    package var from: CalendarDay?
    package var to: CalendarDay?

    package init() {}

    var condition: SQL {
        var conditions: [SQL] = ["true"]
        if let actor { conditions.append("a.actor = \(uuid: isUUID(actor) ? actor : Self.nobody)") }
        if let patient {
            let id: SQL = "\(uuid: isUUID(patient) ? patient : Self.nobody)"
            conditions.append(
                """
                (a.patient = ANY (ARRAY(SELECT portal.whole_file(\(id))))
                    OR a.study = ANY (ARRAY(SELECT uid FROM portal.studies WHERE patient = \(id))))
                """)
        }
        if let study { conditions.append("a.study = \(study)") }
        if let action {
            conditions.append(action.hasSuffix(".") ? "starts_with(a.action, \(action))" : "a.action = \(action)")
        }
        if let from { conditions.append("a.at >= \(from.text)::date") }
        if let to { conditions.append("a.at < \(to.text)::date + 1") }
        return conditions.joined(separator: " AND ")
    }

    private static let nobody = "00000000-0000-0000-0000-000000000000"
}

/// The record, the newest rows first.
package struct AuditList {
    private let database: Connection
    private let caller: Caller

    package init(database: Connection, caller: Caller) {
        self.database = database
        self.caller = caller
    }

    /// - Throws: `PortalError.malformed` for a cursor of another list.
    package func list(_ filter: AuditFilter, _ page: PageRequest) throws -> Page<AuditEntry> {
        let found = try entries(filter, after: try page.cursor(parts: 2), limit: page.limit + 1)
        let shown = found.prefix(page.limit)
        let next = found.count > page.limit ? shown.last.map { Cursor($0.place, "\($0.entry.id)").text } : nil
        return Page(items: shown.map(\.entry), next: next, total: nil)
    }

    /// Gives all rows, page by page.
    package func forEach(_ filter: AuditFilter, _ body: (AuditEntry) throws -> Void) throws {
        let size = 1000
        var cursor: Cursor?
        while true {
            let found = try entries(filter, after: cursor, limit: size)
            for row in found { try body(row.entry) }
            guard found.count == size, let last = found.last else { return }
            cursor = Cursor(last.place, "\(last.entry.id)")
        }
    }

    private func entries(
        _ filter: AuditFilter, after: Cursor?, limit: Int
    ) throws -> [(entry: AuditEntry, place: String)] {
        var place: SQL = ""
        if let after {
            guard let id = Int(after.parts[1]) else {
                throw PortalError.malformed(code: "query.after.invalid", field: "after")
            }
            place = " AND (a.at, a.id) < (\(after.parts[0])::timestamptz, \(id)::bigint)"
        }
        return try database.query(
            """
            WITH last AS (SELECT after_id, below FROM portal.audit_seals ORDER BY number DESC LIMIT 1)
            SELECT a.id, portal.instant(a.at), a.actor, u.email, u.name, a.sender, s.ae_title, a.action, a.patient,
                CASE WHEN v.patient IS NOT NULL THEN p.patient_id END, p.last_name, p.first_name, a.study, a.address,
                a.details, coalesce(a.xid < last.below AND last.below <= pg_snapshot_xmax(pg_current_snapshot())
                    OR a.id <= last.after_id, false), a.at
            FROM (SELECT * FROM portal.audit a WHERE \(filter.condition)\(place)
                  ORDER BY a.at DESC, a.id DESC LIMIT \(limit)) a
            LEFT JOIN last ON true LEFT JOIN portal.users u ON u.id = a.actor LEFT JOIN portal.senders s ON s.id = a.sender
            LEFT JOIN portal.patients p ON p.id = a.patient
            LEFT JOIN portal.visible_patients v ON v.patient = a.patient AND v.scope_id = \(caller.scopeID)
            ORDER BY a.at DESC, a.id DESC
            """, planning: .custom
        ).map { (try Self.entry($0), try $0.text(16)) }
    }

    private static func entry(_ row: Row) throws -> AuditEntry {
        return AuditEntry(
            id: try row.int(0), at: try row.text(1),
            actor: try row.textOrNil(2).map {
                AuditEntry.Actor(id: $0, email: try row.textOrNil(3) ?? "", name: try row.textOrNil(4) ?? "")
            },
            sender: try row.textOrNil(5).map { AuditEntry.Sender(id: $0, aeTitle: try row.textOrNil(6) ?? "") },
            action: try row.text(7),
            patient: try AuditEntry.Patient(row, id: 8, patientId: 9, lastName: 10, firstName: 11),
            study: try row.textOrNil(12), address: try row.text(13), details: try FreeJSON(text: try row.text(14)),
            sealed: try row.bool(15))
    }
}
