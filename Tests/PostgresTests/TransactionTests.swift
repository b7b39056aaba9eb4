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
            try database.retryingTransaction(opening: "SELECT 1 / 0") { Issue.record("It went on.") }
        }
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
