import Glibc

@testable import Postgres

/// An empty database of its own, dropped at the end.
///
/// A class, as it owns the database.
final class ScratchDatabase {
    struct DatabaseURLIsMissing: Error, CustomStringConvertible {
        let description = "DATABASE_URL must name a PostgreSQL in which tests may make databases (scripts/test does)."
    }

    let url: String
    private let server: Connection
    private let name = "scratch_\(UInt64.random(in: 0 ... .max))"

    init() throws {
        guard let base = getenv("DATABASE_URL").map({ String(cString: $0) }) else { throw DatabaseURLIsMissing() }
        server = try Connection(url: base)
        try server.script("CREATE DATABASE \(name) TEMPLATE template0")
        let separator = base.contains("://") ? (base.contains("?") ? "&" : "?") : " "
        url = "\(base)\(separator)dbname=\(name)"
    }

    deinit {
        do { try server.script("DROP DATABASE \(name) WITH (FORCE)") } catch { print("left behind: \(name)") }
    }

    /// A connection to it.
    func connect(_ timeouts: Timeouts = Timeouts()) throws -> Connection {
        try Connection(url: url, timeouts: timeouts)
    }

    /// Ends all its connections, as a server does that goes down.
    func cutConnections() throws {
        let left = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = \(name)" as SQL
        try server.query(left)
    }
}
