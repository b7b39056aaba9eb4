import Glibc
import Postgres
import Testing

@testable import Portal

struct MigrationsTests {
    @Test func aSecondTimeChangesNothing() throws {
        let portal = try ScratchPortal(migrated: false)
        let migrations = Migrations(database: portal.database)
        #expect(try migrations.apply().prefix(3) == ["1 tables", "2 sight", "3 joining"])
        #expect(try migrations.apply() == [])
    }

    @Test func everythingIsInOurSchema() throws {
        let portal = try ScratchPortal()
        let elsewhere = try portal.int(
            """
            SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'S') AND n.nspname NOT IN ('portal', 'pg_catalog', 'information_schema')
                AND n.nspname NOT LIKE 'pg_toast%'
            """)
        #expect(elsewhere == 0)
    }

    @Test func processesThatStartAtOnceTakeTurns() async throws {
        let portal = try ScratchPortal(migrated: false)
        let url = portal.url
        let applied = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask { try Migrations(database: try Connection(url: url, timeouts: .none)).apply().count }
            }
            return try await group.reduce(0, +)
        }
        #expect(applied == (try portal.int("SELECT count(*) FROM portal.migrations")))
        #expect(applied >= 3)
    }

    @Test func anOlderProgramLeavesANewerDatabaseAlone() throws {
        let portal = try ScratchPortal()
        try portal.database.execute("INSERT INTO portal.migrations VALUES (999, 'from the future')")
        #expect(throws: Migrations.DatabaseIsNewer.self) { try Migrations(database: portal.database).apply() }
    }
}
