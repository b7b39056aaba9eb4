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
    /// The metadata of several series have a name that tells nothing of them; they are made again after so long.
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
        var result = Result(widowed: try removeWidowed(now))
        result.unused = try removeUnused()
        return result
    }

    /// What an object under `derived/` was derived from.
    private enum Source: Hashable {
        /// SHA-256 of an instance's file, in hexadecimal digits.
        case file(String)
        case series(Int)
        case unnamed

        /// - Returns: `nil` for a key that nothing here mints.
        init?(_ key: ObjectKey) {
            let parts = key.text.split(separator: "/").map(String.init)
            guard parts.count == 4, parts[0] == "derived" else { return nil }
            let beginning = String(parts[3].prefix { $0 != "-" })
            if parts[1] == "metadata" {
                if parts[2] == "studies" {
                    self = .unnamed
                } else if let id = Int(beginning) {
                    self = .series(id)
                } else {
                    return nil
                }
            } else {
                let isHash = beginning.utf8.count == 64 && beginning.allSatisfy(\.isHexDigit)
                guard isHash else { return nil }
                self = .file(beginning)
            }
        }
    }

    private func removeWidowed(_ now: Int) throws -> Int {
        guard let derived = ObjectKey("derived") else { return 0 }
        var (removed, batch) = (0, [(ObjectKey, Source)]())
        try store.list(derived) { object in
            guard now - object.modified > Self.leastAge, let source = Source(object.key) else { return }
            if source == .unnamed {
                guard now - object.modified > Self.unnamedAge else { return }
                try store.remove(object.key)
                return removed += 1
            }
            batch.append((object.key, source))
            if batch.count == 500 { removed += try removeWidowed(of: &batch) }
        }
        return try removed + removeWidowed(of: &batch)
    }

    private func removeWidowed(of batch: inout [(ObjectKey, Source)]) throws -> Int {
        defer { batch = [] }
        let (hashes, ids) = batch.reduce(into: ([String](), [Int]())) { found, one in
            switch one.1 {
            case .file(let hash): found.0.append(hash)
            case .series(let id): found.1.append(id)
            case .unnamed: break
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
        let widowed = batch.filter { key, source in
            if case .file(let hash) = source { !files.contains(hash) } else { !metadata.contains(key.text) }
        }
        for (key, _) in widowed { try store.remove(key) }
        return widowed.count
    }

    /// By days of their last use, so that no list of all of them is held.
    private func removeUnused() throws -> Int {
        guard let derived = ObjectKey("derived") else { return 0 }
        var bytes: [Int: Int] = [:]
        try store.list(derived) { bytes[$0.lastUse / 86_400, default: 0] += $0.length }
        var excess = bytes.values.reduce(0, +) - quota
        guard excess > 0 else { return 0 }
        var removed = 0
        for day in bytes.keys.sorted() where excess > 0 {
            try store.list(derived) { object in
                guard excess > 0, object.lastUse / 86_400 == day else { return }
                try store.remove(object.key)
                removed += 1
                excess -= object.length
            }
        }
        return removed
    }
}
