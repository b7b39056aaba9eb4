import FunctionRuntime
import Importing
import Ingestion

/// Removes what crashes have left in the store and what was derived and is of no use any more; marks imports whose process
/// is gone, and cancels those that have been silent for long.
struct ScrubStore: Job {
    static let kind = "store.scrub"

    func run(arguments: [UInt8], in context: Context) throws {
        let imports = Imports(database: context.database, store: context.store)
        try imports.markInterrupted()
        try imports.tidy()
        let removed = try StoreScrub(database: context.database, store: context.store)
            .run(keeping: imports.awaitedFiles())
        let swept = try DerivedSweep(
            database: context.database, store: context.store, quota: context.settings.derivedQuota
        ).run()
        let counts = [
            "incoming": removed.incoming, "originals": removed.originals, "widowed": swept.widowed,
            "unused": swept.unused,
        ]
        guard counts.values.contains(where: { $0 > 0 }) else { return }
        context.log.info("left-overs removed", metadata: .init(uniqueKeysWithValues: counts.map { ($0, "\($1)") }))
    }
}
