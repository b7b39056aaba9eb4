import Glibc
import Postgres

/// Notes that studies and patients are looked at: one row per person, thing and visit of half an hour.
///
/// A class, as it remembers what its process noted in this half hour: a thousand frames cost one question.
package final class Visits {
    /// As in `portal.note_visit`, in seconds.
    private static let visit = 1800
    private static let mostRemembered = 10_000

    private let database: Connection
    private var noted: Set<String> = []
    private var current = 0

    package init(database: Connection) { self.database = database }

    /// - Parameters:
    ///   - study: a Study Instance UID.
    ///   - address: of the client.
    package func note(
        _ action: Audit.Action, study: String? = nil, patient: String? = nil, by caller: Caller, at address: String
    ) throws(PostgresError) {
        let now = time(nil) / Self.visit
        if now != current || noted.count >= Self.mostRemembered {
            noted = []
            current = now
        }
        let key = [action.rawValue, caller.userID ?? "", study ?? "", patient ?? ""].joined(separator: "/")
        guard !noted.contains(key) else { return }
        try Audit(database: database, actor: caller.userID, address: address)
            .recordVisit(action, patient: patient, study: study)
        noted.insert(key)
    }
}
