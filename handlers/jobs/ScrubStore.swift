import FunctionRuntime
import Importing
import Ingestion

/// Removes what crashes have left in the store, marks imports whose process is gone, and cancels those that have been
/// silent for long.
struct ScrubStore: Job {
    static let kind = "store.scrub"

    func run(arguments: [UInt8], in context: Context) throws {
        let imports = Imports(database: context.database, store: context.store)
        try imports.markInterrupted()
        try imports.tidy()
        let removed = try StoreScrub(database: context.database, store: context.store)
            .run(keeping: imports.awaitedFiles())
        guard removed.incoming + removed.originals > 0 else { return }
        context.log.info(
            "left-overs removed", metadata: ["incoming": "\(removed.incoming)", "originals": "\(removed.originals)"])
    }
}
