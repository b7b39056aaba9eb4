import HTTPModel
import Logging
import ObjectStore
import Portal
import Postgres

/// Makes the context of a process when it is first needed, and keeps it.
///
/// A class, as the context is kept.
final class Workshop {
    let log: Logger
    private let takesTime: Bool
    private var context: Context?

    /// - Parameter takesTime: whether statements may take as long as they need, as in jobs.
    init(log: Logger, takesTime: Bool = false) {
        self.log = log
        self.takesTime = takesTime
    }

    init(_ context: Context) {
        log = context.log
        takesTime = false
        self.context = context
    }

    /// How long the database was waited for so far.
    var databaseTime: Duration { context?.database.time ?? .zero }

    /// - Throws: `SettingsError` or `StoreError`; it is tried again next time.
    func ready() throws -> Context {
        if let context { return context }
        let settings = try Settings.fromEnvironment()
        let database = try Connection(url: settings.databaseURL, timeouts: takesTime ? .none : Timeouts())
        let made = Context(
            settings: settings, database: database, store: try DirectoryStore(root: settings.storeRoot), log: log)
        context = made
        return made
    }
}
