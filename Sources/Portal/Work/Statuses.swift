import Postgres

/// The states of the workflow that a patient can be in.
package struct Statuses {
    package struct Labels: Sendable, Equatable, Encodable {
        package let fr: String
        package let en: String
    }

    package struct Entry: Sendable, Equatable, Encodable {
        package let code: String
        package let label: Labels
    }

    /// The state of a new patient.
    package static let initial = "toRead"

    private let database: Connection

    package init(database: Connection) { self.database = database }

    /// In the order of the workflow.
    package func list() throws(PostgresError) -> [Entry] {
        try database.query("SELECT code, label_fr, label_en FROM portal.statuses ORDER BY position, code").map {
            row throws(PostgresError) in
            Entry(code: try row.text(0), label: Labels(fr: try row.text(1), en: try row.text(2)))
        }
    }
}
