import HTTPModel
import Logging
import ObjectStore
import Portal
import Postgres

/// What an invocation may use: made once per worker, told before each invocation who calls.
///
/// A class, as it owns the worker's database connection and the statements prepared on it.
package final class Context {
    package let settings: Settings
    package let database: Connection
    package let store: DirectoryStore
    /// Remembers whose visits are in the record already.
    package let visits: Visits
    /// What was found out a moment ago; `nil` where nobody counts what is written.
    let recollection = Recollection()
    /// How many of a series are answered ahead, to either side.
    package static let readAhead = 32
    /// Who calls: `.stranger` without a session, and in a job.
    package internal(set) var caller: Caller = .stranger
    /// The instance that was looked up together with the caller, and under which address.
    package internal(set) var lookedUp: (address: InstanceAddress, instance: RetrievedInstance?)?
    /// Names the invocation in the log, in `X-Request-Id` and in errors.
    package internal(set) var requestID = ""
    /// Writes JSON lines to standard error. Never give it a patient's attribute, a token or a password.
    package internal(set) var log: Logger

    package init(settings: Settings, database: Connection, store: DirectoryStore, log: Logger) {
        self.settings = settings
        self.database = database
        self.store = store
        visits = Visits(database: database)
        self.log = log
    }

    /// The instances beside the one that was looked up, nearest first, as far as they are known without asking.
    package var neighbours: [RetrievedInstance] {
        guard let lookedUp, let instance = lookedUp.instance else { return [] }
        return recollection?.neighbours(
            of: instance, within: Self.readAhead, includesFrames: lookedUp.address.includesFrames, for: caller) ?? []
    }
}
