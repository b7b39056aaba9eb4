import FunctionRuntime
import Importing

/// Stores the files of an import that was taken in with `async=true`. Run again, it goes on where it ended: what is
/// stored already is found identical.
struct RunImport: Job {
    static let kind = Imports.jobKind

    func run(arguments: [UInt8], in context: Context) throws {
        try Imports(database: context.database, store: context.store, aeTitle: context.settings.aeTitle).resume(
            arguments)
    }
}
