import Postgres
import Synchronization

/// Database connections that associations take and give back, so that prepared statements stay warm.
///
/// A class because connections are shared state; each is used by one thread at a time, which is why handing them over is safe.
final class ConnectionPool: @unchecked Sendable {
    private let url: String
    private let idle = Mutex<Int>(0)
    private var connections: [Connection] = []

    init(url: String) { self.url = url }

    /// Runs `body` with a connection that nobody else has meanwhile.
    func with<Result>(_ body: (Connection) throws -> Result) throws -> Result {
        let connection = try taken() ?? Connection(url: url)
        defer { giveBack(connection) }
        return try body(connection)
    }

    private func taken() -> Connection? { idle.withLock { _ in connections.popLast() } }

    private func giveBack(_ connection: Connection) {
        let mostIdle = 8
        idle.withLock { _ in
            if connections.count < mostIdle { connections.append(connection) }
        }
    }
}
