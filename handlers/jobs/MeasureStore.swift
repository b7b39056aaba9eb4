import FunctionRuntime
import ObjectStore
import Portal

/// Counts the files that no row of the database counts: what was derived, and what is being received.
struct MeasureStore: Job {
    static let kind = "store.measure"
    static let folders = ["derived", "incoming"]

    func run(arguments: [UInt8], in context: Context) throws {
        let storage = Storage(database: context.database)
        for folder in Self.folders {
            guard let key = ObjectKey(folder) else { continue }
            var (files, bytes) = (0, 0)
            try context.store.list(key) { object in
                files += 1
                bytes += object.length
            }
            try storage.note(folder, Storage.Amount(files: files, bytes: bytes))
        }
    }
}
