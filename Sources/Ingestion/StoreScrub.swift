import Glibc
import ObjectStore
import Portal
import Postgres

/// Removes what a crash can leave: files that were being received, and originals that were never filed.
package struct StoreScrub {
    /// What it removed.
    package struct Result: Sendable, Equatable {
        package var incoming = 0
        package var originals = 0
    }

    /// Longer than any upload or import holds a file under `incoming/`, in seconds.
    package static let incomingAge = 24 * 3600
    /// Longer than any batch is between its rename and its commit, in seconds.
    package static let originalAge = 3600

    private let database: Connection
    private let store: DirectoryStore

    package init(database: Connection, store: DirectoryStore) {
        self.database = database
        self.store = store
    }

    /// - Parameters:
    ///   - now: in seconds since 1970.
    ///   - kept: keys under `incoming/` that somebody still waits for.
    package func run(now: Int = time(nil), keeping kept: Set<String> = []) throws -> Result {
        var result = Result()
        for file in try store.incoming() where now - file.modified > Self.incomingAge && !kept.contains(file.key.text) {
            try store.remove(file.key)
            result.incoming += 1
        }
        guard let originals = ObjectKey("originals") else { return result }
        var batch: [ObjectKey] = []
        try store.list(originals) { object in
            guard now - object.modified > Self.originalAge else { return }
            guard !object.key.text.hasSuffix(".marker") else { return try removeWidowed(object.key) }
            batch.append(object.key)
            if batch.count == 500 { result.originals += try removeUnfiled(&batch) }
        }
        result.originals += try removeUnfiled(&batch)
        return result
    }

    /// A marker is written before its original, and a crash may come between.
    private func removeWidowed(_ marker: ObjectKey) throws {
        guard let original = ObjectKey(String(marker.text.dropLast(".marker".count))), !store.contains(original) else {
            return
        }
        try store.remove(marker)
    }

    private func removeUnfiled(_ batch: inout [ObjectKey]) throws -> Int {
        defer { batch = [] }
        let filed = try StudyFiling(database: database).referenced(batch.map(\.text))
        let unfiled = batch.filter { !filed.contains($0.text) }
        for key in unfiled {
            try store.remove(key)
            try store.remove(key.marker)
        }
        return unfiled.count
    }
}
