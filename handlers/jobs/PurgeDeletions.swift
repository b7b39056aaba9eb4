import FunctionRuntime
import Portal

/// Removes for good what was deleted so long ago that nobody can restore it any more.
struct PurgeDeletions: Job {
    static let kind = "deletions.purge"

    func run(arguments: [UInt8], in context: Context) throws {
        try Deletions(database: context.database, caller: .atTheMachine).purgeExpired()
    }
}
