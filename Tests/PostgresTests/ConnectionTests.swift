import Testing

@testable import Postgres

struct ConnectionTests {
    private let scratch: ScratchDatabase
    private let database: Connection

    init() throws {
        scratch = try ScratchDatabase()
        database = try scratch.connect()
    }

    @Test func valuesOfEachTypeGoThereAndBack() throws {
        let row = try #require(
            try database.query(
                """
                SELECT \("é'\"\\")::text, \(-5)::int, \(true)::bool, \(1.5)::float8, \([UInt8]([0, 255]))::bytea,
                    \(["a", "b,c"])::text[], \([1, 2])::int[], \(String?.none)::text, \(["x", nil])::text[]
                """
            ).first)
        #expect(try row.text(0) == "é'\"\\")
        #expect(try row.int(1) == -5)
        #expect(try row.bool(2))
        #expect(try row.double(3) == 1.5)
        #expect(try row.bytes(4) == [0, 255])
        #expect(try row.texts(5) == ["a", "b,c"])
        #expect(try row.ints(6) == [1, 2])
        #expect(try row.textOrNil(7) == nil)
        #expect(try row.texts(8) == ["x"])
    }

    @Test func binaryAnswersReadLikeTextAnswers() throws {
        let row = try #require(
            try database.query(
                """
                SELECT '\\x0102'::bytea, 7::int2, -70000::int4, 9000000000::int8, false, 'ü'::text, 2.5::float8,
                    'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid
                """
            ).first)
        #expect(try row.bytes(0) == [1, 2])
        #expect(try [row.int(1), row.int(2), row.int(3)] == [7, -70000, 9_000_000_000])
        #expect(try row.bool(4) == false)
        #expect(try row.text(5) == "ü")
        #expect(try row.double(6) == 2.5)
        #expect(try row.text(7) == "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")
    }

    @Test func arraysOfBytesAreStored() throws {
        let rows = try database.query("SELECT unnest(\([[1, 2], [], [255]] as [[UInt8]])) b")
        #expect(try rows.map { try $0.bytes(0) } == [[1, 2], [], [255]])
    }

    @Test func emptyAndWrongColumnsAreErrorsNotTraps() throws {
        let row = try #require(try database.query("SELECT NULL::text, 'x'::text").first)
        #expect(throws: PostgresError.self) { try row.text(0) }
        #expect(throws: PostgresError.self) { try row.int(1) }
        #expect(throws: PostgresError.self) { try row.text(99) }
        #expect(row.isNull(0))
    }

    @Test func errorsTellTheirStateAndNoValue() throws {
        try database.script("CREATE TABLE t (a text CONSTRAINT t_a UNIQUE, n int)")
        try database.execute("INSERT INTO t VALUES (\("secret"), 1)")
        let error = #expect(throws: PostgresError.self) {
            try database.execute("INSERT INTO t VALUES (\("secret"), 1)")
        }
        #expect(error?.isUniqueViolation == true)
        #expect(error?.constraint == "t_a")
        #expect(error?.description.contains("secret") == false)
        let unfit = #expect(throws: PostgresError.self) {
            try database.execute("INSERT INTO t (n) VALUES (\("secret"))")
        }
        #expect(unfit?.isUnfitValue == true)
        #expect(unfit?.description.contains("secret") == false)
    }

    @Test func aTextWithNULIsRefusedBeforeItIsSent() throws {
        let error = #expect(throws: PostgresError.self) { try database.query("SELECT \("a\0b")::text") }
        #expect(error?.sqlState == "22021")
    }

    @Test func moreStatementsThanTheCacheHoldsAreFine() throws {
        for number in 0...StatementCache.limit + 5 {
            let rows = try database.query("SELECT \(raw: "\(number)")")
            #expect(try rows.first?.int(0) == number)
        }
        let prepared = try database.query("SELECT count(*) FROM pg_prepared_statements").first?.int(0)
        #expect(try #require(prepared) <= StatementCache.limit)
    }

    @Test func aStatementIsPreparedAgainAfterItsTableChanged() throws {
        try database.script("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
        #expect(try database.query("SELECT * FROM t").first?.int(0) == 1)
        try database.script("ALTER TABLE t ALTER a TYPE text")
        #expect(try database.query("SELECT * FROM t").first?.text(0) == "1")
    }

    @Test func customPlanningGivesTheSameRows() throws {
        let rows = try database.query("SELECT \(4)::int + 1", planning: .custom)
        #expect(try rows.first?.int(0) == 5)
    }

    @Test func aLostServerIsNoticedBeforeTheNextCall() throws {
        try database.query("SELECT 1")
        try scratch.cutConnections()
        #expect(try database.query("SELECT 2").first?.int(0) == 2)
    }

    @Test func aTransactionLostHalfwayIsNotContinuedOnANewConnection() throws {
        try database.script("CREATE TABLE t (a int)")
        let error = #expect(throws: PostgresError.self) {
            try database.transaction {
                try database.execute("INSERT INTO t VALUES (1)")
                try scratch.cutConnections()
                try database.execute("INSERT INTO t VALUES (2)")
            }
        }
        #expect(error?.isUnavailable == true)
        #expect(try database.query("SELECT count(*) FROM t").first?.int(0) == 0)
    }

    @Test func anAbsentServerIsUnavailable() throws {
        let nowhere = try Connection(url: "host=/nonexistent dbname=x")
        let error = #expect(throws: PostgresError.self) { try nowhere.query("SELECT 1") }
        #expect(error?.isUnavailable == true)
        #expect(!nowhere.isAlive)
    }

    @Test func aStatementThatTakesTooLongIsCut() throws {
        let hasty = try scratch.connect(Timeouts(statement: 50))
        let error = #expect(throws: PostgresError.self) { try hasty.query("SELECT pg_sleep(5)") }
        #expect(error?.isTimeout == true)
        #expect(try hasty.query("SELECT 1").first?.int(0) == 1)
    }
}
