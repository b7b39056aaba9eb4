import FunctionRuntime
import Portal

/// Adds what was noted about the visible lists and the stored files to their counters of days and months.
struct FoldCounters: Job {
    static let kind = "counters.fold"

    func run(arguments: [UInt8], in context: Context) throws {
        try context.database.query("SELECT portal.fold_counters()")
        try context.database.query("SELECT portal.fold_storage()")
    }
}
