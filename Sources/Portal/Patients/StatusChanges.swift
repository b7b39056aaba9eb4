import Postgres

/// A step of a patient through the workflow.
package struct StatusChange: Sendable, Equatable, Encodable {
    let id: Int
    /// RFC 3339, UTC.
    package let at: String
    /// The name, or else the e-mail address, of who did it; `nil` for an account that is gone, and for the machine's operator.
    @Nullable package private(set) var by: String?
    /// Codes; the same twice for a note that moved nothing.
    package let from: String
    package let to: String
    package let note: String

    private enum CodingKeys: String, CodingKey { case at, by, from, to, note }
}

extension Patients {
    /// How a patient, and what was merged into it, went through the workflow, the last step first.
    ///
    /// - Throws: `PortalError.notFound` for a patient that is absent or hidden; `PortalError.malformed` for a cursor of
    ///   another list.
    package func statusChanges(of patient: String, _ page: PageRequest) throws -> Page<StatusChange> {
        let id = try find(patient).id
        var place: SQL = ""
        if let cursor = try page.cursor(parts: 1) {
            guard let key = Int(cursor.parts[0]) else {
                throw PortalError.malformed(code: "query.after.invalid", field: "after")
            }
            place = " AND (c.changed_at, c.id) < (SELECT changed_at, id FROM portal.status_changes WHERE id = \(key))"
        }
        let found = try database.query(
            """
            SELECT c.id, portal.instant(c.changed_at), coalesce(nullif(u.name, ''), u.email), c.before, c.after, c.note
            FROM portal.status_changes c LEFT JOIN portal.users u ON u.id = c.changed_by
            WHERE c.patient = ANY (ARRAY(SELECT portal.whole_file(\(uuid: id))))\(place)
            ORDER BY c.changed_at DESC, c.id DESC LIMIT \(page.limit + 1)
            """
        ).map { row in
            StatusChange(
                id: try row.int(0), at: try row.text(1), by: try row.textOrNil(2), from: try row.text(3),
                to: try row.text(4), note: try row.text(5))
        }
        return Page(found, limit: page.limit, total: nil) { Cursor("\($0.id)") }
    }
}
