import HTTPModel
import ObjectStore

/// How long an invocation takes, and how much of it the database and the store do.
struct InvocationTime {
    private let workshop: Workshop
    private let began = ContinuousClock.now
    private let database: Duration
    private let store = StoreTime.total

    init(of workshop: Workshop) {
        self.workshop = workshop
        database = workshop.databaseTime
    }

    /// Of an answer that was made before somebody waited for it.
    static let none = ["function", "database", "store"].map { ServerTiming.entry($0, .zero) }.joined(separator: ", ")

    /// So far, as `Server-Timing` says it.
    var text: String {
        [
            ServerTiming.entry("function", ContinuousClock.now - began),
            ServerTiming.entry("database", workshop.databaseTime - database),
            ServerTiming.entry("store", StoreTime.total - store),
        ].joined(separator: ", ")
    }
}
