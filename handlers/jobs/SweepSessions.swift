import FunctionRuntime
import Portal

/// Forgets expired sessions, old attempts to sign in, and old idempotency keys.
struct SweepSessions: Job {
    static let kind = "sessions.sweep"

    func run(arguments: [UInt8], in context: Context) throws {
        try Sessions(database: context.database).sweep()
        try Creations.sweep(context.database)
    }
}
