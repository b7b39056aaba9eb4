import Glibc
import Ingestion
import ObjectStore
import Portal
import Postgres
import WriteCounting

/// A portal of one test's own: a database and a store, both gone afterwards.
///
/// A class, because it owns the database and the folder.
package final class ScratchPortal {
    package struct DatabaseURLIsMissing: Error, CustomStringConvertible {
        package let description =
            "DATABASE_URL must name a PostgreSQL in which tests may make databases (scripts/test does)."
    }

    package let database: Connection
    package let store: DirectoryStore
    /// Below it lies nothing but the store.
    package let folder: String
    private let server: Connection
    private let name: String
    private let url: String

    package init() throws {
        guard let url = getenv("DATABASE_URL").map({ String(cString: $0) }) else { throw DatabaseURLIsMissing() }
        name = "scratch_\(UInt64.random(in: 0...UInt64.max))"
        server = try Connection(url: url)
        try server.script("CREATE DATABASE \(name) TEMPLATE template0")
        let separator = url.contains("://") ? (url.contains("?") ? "&" : "?") : " "
        self.url = url + separator + "dbname=\(name)"
        database = try Connection(url: self.url)
        folder = "/tmp/\(name)"
        store = try DirectoryStore(root: "\(folder)/store")
        _ = try Migrations(database: database).apply()
    }

    deinit {
        database.close()
        do { try server.script("DROP DATABASE \(name) WITH (FORCE)") } catch { print("left behind: \(name)") }
        Self.remove(folder)
    }

    package var ingestor: Ingestor { Ingestor(database: database, store: store) }

    /// Another process's connection.
    package func anotherConnection() throws -> Connection { try Connection(url: url) }

    /// The same of a process that counts what it writes.
    package func connection(counting writes: WriteCounter) throws -> Connection {
        try Connection(url: url, writes: writes)
    }

    package func spool(_ bytes: [UInt8]) throws -> SpooledObject {
        let spool = try store.newSpool()
        try spool.write(bytes)
        return try spool.finish()
    }

    /// An account whose only group gives these permissions.
    package func account(_ name: String, _ permissions: [Permission], onAll: Bool) throws -> Caller {
        let codes = permissions.map(\.rawValue)
        try database.execute("INSERT INTO portal.users (email) VALUES (\(name))")
        try database.execute(
            "INSERT INTO portal.groups (name, permissions, scope_all) VALUES (\(name), \(codes)::text[], \(onAll))")
        try database.execute(
            """
            INSERT INTO portal.members SELECT u.id, g.id FROM portal.users u, portal.groups g
            WHERE u.email = \(name) AND g.name = \(name)
            """)
        try database.query("SELECT portal.assign_scope(id) FROM portal.users WHERE email = \(name)")
        let row = try database.query("SELECT id::text, scope_id FROM portal.users WHERE email = \(name)")[0]
        return Caller(
            userID: try row.text(0), scopeID: try row.int(1), permissions: Set(permissions),
            permissionsOnAll: onAll ? Set(permissions) : [])
    }

    /// The first column of the first row, as text; `nil` for NULL or no row.
    package func value(_ sql: SQL) throws -> String? { try database.query(sql).first?.textOrNil(0) }

    package func count(_ table: String) throws -> Int {
        try database.query("SELECT count(*) FROM portal.\(raw: table)").first?.int(0) ?? 0
    }

    /// The names of all files below the folder, relative to the store.
    package func files() -> [String] {
        Self.files(below: folder).map { String($0.dropFirst("/store/".count)) }.sorted()
    }

    private static func files(below folder: String, _ path: String = "") -> [String] {
        names(in: folder + path).flatMap { name in
            let child = "\(path)/\(name)"
            return names(in: folder + child).isEmpty && !isFolder(folder + child)
                ? [child] : files(below: folder, child)
        }
    }

    private static func remove(_ path: String) {
        for name in names(in: path) where Glibc.remove("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
        Glibc.remove(path)
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
