import Glibc
import ObjectStore
import Portal
import Postgres

/// Keeps what was derived useful and small: pictures, frames and metadata of what the index does not hold any more go,
/// and while all of it is larger than allowed, what was unused longest.
package struct DerivedSweep {
    /// What it removed.
    package struct Result: Sendable, Equatable {
        package var widowed = 0
        package var unused = 0
    }

    /// Whoever derives writes the object first and its row behind it; so long it is not looked for, in seconds.
    package static let leastAge = 3600
    /// What is named by a digest of versions tells nothing of their series; it is made again after so long.
    package static let unnamedAge = 24 * 3600

    private let database: Connection
    private let store: DirectoryStore
    /// In bytes.
    private let quota: Int

    package init(database: Connection, store: DirectoryStore, quota: Int) {
        self.database = database
        self.store = store
        self.quota = quota
    }

    /// - Parameter now: in seconds since 1970.
    package func run(now: Int = time(nil)) throws -> Result {
        guard let derived = ObjectKey("derived") else { return Result() }
        var result = Result()
        // By days of their last use, so that no list of all of them is held.
        var bytes: [Int: Int] = [:]
        var batch: [(object: ListedObject, source: DerivedSource)] = []
        let removeWidowed = {
            for object in try widowed(in: batch) {
                try store.remove(object.key)
                bytes[object.day, default: 0] -= object.length
                result.widowed += 1
            }
            batch = []
        }
        try store.list(derived) { object in
            bytes[object.day, default: 0] += object.length
            guard let source = DerivedSource(object.key) else { return }
            let age = source == .versions ? Self.unnamedAge : Self.leastAge
            guard now - object.modified > age else { return }
            batch.append((object, source))
            if batch.count == 500 { try removeWidowed() }
        }
        try removeWidowed()
        result.unused = try removeUnused(bytes, below: derived)
        return result
    }

    /// Those of which the index holds no source, and those that are old enough to be made again.
    private func widowed(in batch: [(object: ListedObject, source: DerivedSource)]) throws -> [ListedObject] {
        var (hashes, ids) = ([String](), [Int]())
        for (_, source) in batch {
            switch source {
            case .file(let hash): hashes.append(hash)
            case .series(let id): ids.append(id)
            case .versions: break
            }
        }
        let rows = try database.queries([
            """
            SELECT encode(sha256, 'hex') FROM portal.instances
            WHERE sha256 = ANY (ARRAY(SELECT decode(hash, 'hex') FROM unnest(\(hashes)::text[]) hash))
            """,
            "SELECT prepared #>> '{metadata,key}' FROM portal.series WHERE id = ANY (\(ids)::bigint[])",
        ])
        let files = Set(try rows[0].map { try $0.text(0) })
        let metadata = Set(try rows[1].compactMap { try $0.textOrNil(0) })
        return batch.compactMap { object, source in
            let isOfUse =
                switch source {
                case .file(let hash): files.contains(hash)
                case .series: metadata.contains(object.key.text)
                case .versions: false
                }
            return isOfUse ? nil : object
        }
    }

    /// - Parameter bytes: what there is, by the day of its last use.
    private func removeUnused(_ bytes: [Int: Int], below folder: ObjectKey) throws -> Int {
        var excess = bytes.values.reduce(0, +) - quota
        var removed = 0
        for day in bytes.keys.sorted() where excess > 0 {
            try store.list(folder) { object in
                guard excess > 0, object.day == day else { return }
                try store.remove(object.key)
                removed += 1
                excess -= object.length
            }
        }
        return removed
    }
}

extension ListedObject {
    /// Of its last use, counted from 1970.
    fileprivate var day: Int { lastUse / 86_400 }
}
