import Glibc
import Logging
import ObjectStore
import Portal
import Postgres
import Testing

@testable import FunctionRuntime

/// A database of the test's own, with our tables, on the server of `DATABASE_URL`; removed at the end.
final class ScratchDatabase {
    struct NoServer: Error, CustomStringConvertible {
        let description = "Set DATABASE_URL to a PostgreSQL server where databases can be made; scripts/test does."
    }

    let url: String
    private let server: Connection
    private let name: String

    init() throws {
        guard let server = getenv("DATABASE_URL").map({ String(cString: $0) }), !server.isEmpty else {
            throw NoServer()
        }
        name = "runtime_\(UInt64.random(in: 0 ... .max))"
        self.server = try Connection(url: server)
        try self.server.script("CREATE DATABASE \(name)")
        let separator = server.contains("://") ? (server.contains("?") ? "&" : "?") : " "
        url = server + separator + "dbname=\(name)"
        _ = try Migrations(database: Connection(url: url)).apply()
    }

    deinit { try? server.script("DROP DATABASE \(name) WITH (FORCE)") }

    /// An active account, in a group with these permissions for all patients.
    func account(_ permissions: [String] = [], language: String = "fr") throws -> String {
        let database = try Connection(url: url)
        let email = "user\(UInt64.random(in: 0 ... .max))@example.org"
        let user = try #require(
            try database.query(
                "INSERT INTO portal.users (email, language) VALUES (\(email), \(language)) RETURNING id"
            ).first
        ).text(0)
        let group = try #require(
            try database.query(
                "INSERT INTO portal.groups (name, permissions, scope_all) VALUES (\(email), \(permissions), true) RETURNING id"
            ).first
        ).text(0)
        try database.execute(
            "INSERT INTO portal.members (user_id, group_id) VALUES (\(uuid: user), \(uuid: group))")
        return user
    }

    /// A session's or token's secret.
    func secret(of user: String, kind: String = "session", expired: Bool = false) throws -> String {
        let database = try Connection(url: url)
        let secret = try AccessTokens(database: database, user: user)
            .make(name: "test", may: ["read", "store"], days: 1, address: "").secret
        try database.execute("UPDATE portal.sessions SET kind = \(kind) WHERE user_id = \(uuid: user)")
        if expired {
            try database.execute("UPDATE portal.sessions SET expires_at = now() WHERE user_id = \(uuid: user)")
        }
        return secret
    }

    func context(publicURL: String? = nil) throws -> Context {
        try .forTest(databaseURL: url, publicURL: publicURL)
    }
}

extension Context {
    /// - Parameter databaseURL: by default of a server that is away.
    static func forTest(
        databaseURL: String = "host=/nonexistent", publicURL: String? = nil
    ) throws -> Context {
        var template = Array("/tmp/runtime-XXXXXX".utf8CString)
        let root = try #require(mkdtemp(&template).map { String(cString: $0) })
        return Context(
            settings: Settings(databaseURL: databaseURL, dataFolder: root, publicURL: publicURL),
            database: try Connection(url: databaseURL), store: try DirectoryStore(root: root + "/store"),
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}
