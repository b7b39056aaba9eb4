import Testing

@testable import Postgres

struct TransactionTests {
    private struct Stop: Error {}

    private let scratch: ScratchDatabase
    private let database: Connection

    init() throws {
        scratch = try ScratchDatabase()
        database = try scratch.connect()
        try database.script("CREATE TABLE t (a int PRIMARY KEY)")
    }

    private var rows: [Int] { get throws { try database.query("SELECT a FROM t ORDER BY a").map { try $0.int(0) } } }

    @Test func whatThrowsIsUndone() throws {
        #expect(throws: Stop.self) {
            try database.transaction {
                try database.execute("INSERT INTO t VALUES (1)")
                throw Stop()
            }
        }
        #expect(try rows == [])
    }

    @Test func anOpeningThatFailsLeavesNoTransactionBehind() throws {
        #expect(throws: PostgresError.self) {
            try database.retryingTransaction(opening: "SELECT 1 / 0") {
                try database.execute("INSERT INTO t VALUES (7)")
                Issue.record("It went on.")
            }
        }
        #expect(throws: PostgresError.self) { try database.retryingTransaction(opening: "SELECT 1 / 0") {} }
        try database.retryingTransaction(opening: "INSERT INTO t VALUES (1)") {}
        #expect(try rows == [1])
    }

    @Test func anInnerTransactionIsUndoneAlone() throws {
        try database.transaction {
            try database.execute("INSERT INTO t VALUES (1)")
            #expect(throws: PostgresError.self) {
                try database.transaction {
                    try database.execute("INSERT INTO t VALUES (2)")
                    try database.execute("INSERT INTO t VALUES (1)")
                }
            }
            try database.execute("INSERT INTO t VALUES (3)")
        }
        #expect(try rows == [1, 3])
    }

    @Test func anErrorThatIsPassedOverDoesNotLookLikeSuccess() throws {
        let error = #expect(throws: PostgresError.self) {
            try database.transaction {
                try database.execute("INSERT INTO t VALUES (1)")
                _ = try? database.execute("INSERT INTO t VALUES (1)")
            }
        }
        #expect(error?.sqlState == "25P02")
        #expect(try rows == [])
        #expect(database.depth == 0)
    }

    @Test func statementsThatAreSentTogetherAnswerInOrder() throws {
        let rows = try database.queries(["SELECT \(1)::int", "INSERT INTO t VALUES (5)", "SELECT a FROM t"])
        #expect(try rows.map { try $0.map { try $0.int(0) } } == [[1], [], [5]])
        try database.transaction {
            let inner = try database.queries(["INSERT INTO t VALUES (6)", "SELECT count(*) FROM t"])
            #expect(try inner[1][0].int(0) == 2)
            #expect(try scratch.connect().query("SELECT a FROM t").count == 1)
        }
        #expect(try self.rows == [5, 6])
    }

    @Test func oneThatFailsOfThoseSentTogetherUndoesAll() throws {
        let error = #expect(throws: PostgresError.self) {
            try database.queries(["INSERT INTO t VALUES (1)", "SELECT 1 / \(0)::int", "INSERT INTO t VALUES (2)"])
        }
        #expect(error?.sqlState == "22012")
        #expect(try rows == [])
        #expect(throws: PostgresError.self) { try database.queries(["SELECT 1", "SELECT \("\0")::text"]) }
        #expect(try database.query("SELECT 1").count == 1)
    }

    @Test func statementsAreSentTogetherAfterAChangeOfTheirTable() throws {
        #expect(try database.queries(["SELECT * FROM t", "SELECT 1"]).count == 2)
        try scratch.connect().script("ALTER TABLE t ADD COLUMN b text")
        #expect(try database.queries(["SELECT * FROM t", "SELECT 1"]).count == 2)
    }

    @Test func theLastStatementGoesWithTheCommit() throws {
        try database.transaction {
            try database.executeLast("INSERT INTO t VALUES ((SELECT count(*) FROM t))")
            try database.execute("INSERT INTO t VALUES (7)")
        }
        #expect(try rows == [1, 7])
        try database.executeLast("INSERT INTO t VALUES (2)")
        #expect(try rows == [1, 2, 7])
    }

    @Test func aLastStatementThatFailsUndoesTheTransaction() throws {
        let error = #expect(throws: PostgresError.self) {
            try database.transaction {
                try database.execute("INSERT INTO t VALUES (1)")
                try database.executeLast("SELECT 1 / 0")
            }
        }
        #expect(error?.sqlState == "22012")
        #expect(database.depth == 0)
        _ = try database.transaction { try database.execute("INSERT INTO t VALUES (2)") }
        #expect(try rows == [2])
    }

    @Test func lastStatementsBelongToTheirLevel() throws {
        try database.transaction {
            try database.executeLast("INSERT INTO t VALUES (9)")
            try database.transaction { try database.executeLast("INSERT INTO t VALUES (1)") }
            #expect(try self.rows == [1])
            #expect(throws: Stop.self) {
                try database.transaction {
                    try database.executeLast("INSERT INTO t VALUES (2)")
                    throw Stop()
                }
            }
            #expect(throws: PostgresError.self) {
                try database.transaction { try database.executeLast("INSERT INTO t VALUES (1)") }
            }
        }
        #expect(try rows == [1, 9])
    }

    @Test func aTransactionThatAsksNothingNeedsNoServer() throws {
        let away = try Connection(url: "host=/nonexistent")
        #expect(try away.transaction { 5 } == 5)
        #expect(throws: PostgresError.self) { _ = try away.transaction { try away.query("SELECT 1") } }
        #expect(away.depth == 0)
    }

    @Test func aTransactionWhoseConnectionWasLostBeforeItBeganHasANewOne() throws {
        try scratch.cutConnections()
        _ = try database.transaction { try database.execute("INSERT INTO t VALUES (1)") }
        #expect(try rows == [1])
        #expect(throws: PostgresError.self) {
            try database.transaction {
                try database.execute("INSERT INTO t VALUES (2)")
                try scratch.cutConnections()
                _ = try database.queries(["INSERT INTO t VALUES (3)", "SELECT 1"])
            }
        }
        #expect(try rows == [1])
    }

    @Test func aDeadlockIsTriedAgain() throws {
        var attempts = 0
        try database.retryingTransaction {
            attempts += 1
            try database.execute("INSERT INTO t VALUES (\(attempts))")
            if attempts == 1 { throw PostgresError(sqlState: "40P01") }
        }
        #expect(attempts == 2)
        #expect(try rows == [2])
    }

    @Test func notificationsArriveAfterTheCommit() throws {
        let listener = try scratch.connect()
        try listener.listen("news")
        #expect(try listener.waitForNotification(timeout: 0) == nil)
        try database.query("SELECT pg_notify('news', 'x')")
        #expect(try listener.waitForNotification(timeout: 2000) == Notification(channel: "news", payload: "x"))
    }

    @Test func listeningGoesOnAfterALostConnection() throws {
        let listener = try scratch.connect()
        try listener.listen("news")
        try scratch.cutConnections()
        #expect(try listener.waitForNotification(timeout: 0) == nil)
        try database.query("SELECT pg_notify('news', 'y')")
        #expect(try listener.waitForNotification(timeout: 2000)?.payload == "y")
    }
}
