import Foundation
import Testing
import WriteCounting

@testable import Postgres

/// What is counted when, so that what was read before may be taken for true while nothing is.
struct WriteCounterTests {
    private struct Stop: Error {}

    private let scratch: ScratchDatabase
    private let database: Connection
    private let writes: WriteCounter

    init() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("writes-\(UUID())").path
        try Data(count: 8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        writes = try #require(WriteCounter(path: path))
        scratch = try ScratchDatabase()
        database = try Connection(url: scratch.url, writes: writes)
        try database.script("CREATE TABLE t (a int PRIMARY KEY)")
    }

    /// Whether the counter moved while `body` ran.
    private func isCounted(_ body: () throws -> Void) rethrows -> Bool {
        let before = writes.value
        try body()
        return writes.value != before
    }

    @Test func aStatementOfItsOwnCountsAtOnce() throws {
        #expect(try isCounted { try database.execute("INSERT INTO t VALUES (1)") })
        #expect(try isCounted { try database.query("WITH x AS (UPDATE t SET a = 2 RETURNING a) SELECT a FROM x") })
        #expect(try isCounted { try database.queries(["DELETE FROM t", "SELECT 1"]) })
        #expect(try isCounted { try database.script("INSERT INTO t VALUES (3)") })
    }

    @Test func readingDoesNotCount() throws {
        #expect(try !isCounted { try database.query("SELECT a FROM t") })
        #expect(try !isCounted { try database.query("SELECT a FROM t", planning: .custom) })
        #expect(try !isCounted { try database.transaction { _ = try database.query("SELECT a FROM t") } })
    }

    @Test func settingUpAConnectionDoesNotCount() throws {
        #expect(try !isCounted { try database.listen("work") })
        #expect(try !isCounted { try database.preferGenericPlans() })
    }

    @Test func aTransactionCountsWithItsEnd() throws {
        try database.transaction {
            let before = writes.value
            try database.execute("INSERT INTO t VALUES (1)")
            try database.transaction { _ = try database.execute("INSERT INTO t VALUES (2)") }
            try database.query("SELECT a FROM t")
            #expect(writes.value == before)
        }
        #expect(try isCounted { try database.transaction { _ = try database.execute("INSERT INTO t VALUES (3)") } })
        #expect(try isCounted { try database.transaction { try database.executeLast("INSERT INTO t VALUES (4)") } })
        #expect(try isCounted { try database.retryingTransaction(opening: "INSERT INTO t VALUES (5)") {} })
    }

    @Test func whatOnlyAddsDoesNotCount() throws {
        let add = {
            try database.adding {
                try database.transaction {
                    try database.execute("INSERT INTO t VALUES (1)")
                    try database.executeLast("INSERT INTO t VALUES (2)")
                }
                try database.execute("INSERT INTO t VALUES (3)")
                try database.script("INSERT INTO t VALUES (4)")
            }
        }
        #expect(try !isCounted(add))
        #expect(try database.query("SELECT a FROM t").count == 4)
        #expect(try isCounted { try database.execute("DELETE FROM t") })
        // Within a transaction that does more.
        let more = {
            try database.transaction {
                try database.execute("INSERT INTO t VALUES (9)")
                try add()
            }
        }
        #expect(try isCounted(more))
    }

    @Test func whatMayHaveBeenKeptCounts() throws {
        #expect(isCounted { _ = try? database.execute("INSERT INTO t VALUES (1), (1)") })
        let cut = {
            try database.transaction {
                try database.execute("INSERT INTO t VALUES (1)")
                try scratch.cutConnections()
            }
        }
        #expect(isCounted { #expect(throws: PostgresError.self, performing: cut) })
    }

    @Test(arguments: [
        ("SELECT a FROM portal.t", false), ("WITH x AS (SELECT 1) SELECT * FROM x", false), ("INSERT INTO t", true),
        ("SELECT 1 FROM t FOR UPDATE", true), ("SELECT portal.assign_scope($1)", true),
        ("\n  SELECT updated FROM t", false),
        ("SELECT portal.fold($1), portal.near_keys($2)", false), ("SELECT portal.fold($1), portal.attach($2)", true),
        ("SELECT study FROM portal.attach_by_rule ($1)", false), ("SELECT study FROM portal.attach_by_rule($1)", true),
        ("TRUNCATE t", true), ("select 1", true), ("SELECT nextval('s')", true), ("SELECT popular.portal.x(1)", true),
    ]) func textsTellWhetherTheyMayWrite(sql: String, mayWrite: Bool) {
        #expect(WriteCounter.mayWrite(sql) == mayWrite)
    }

    @Test func thereIsNoCounterWithoutItsFile() throws {
        #expect(WriteCounter(path: "/nowhere/writes") == nil)
        #expect(WriteCounter(path: "/dev/null") == nil)
    }
}
