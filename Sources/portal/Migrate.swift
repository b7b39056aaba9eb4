import ArgumentParser
import Portal
import Postgres

/// Brings the database to the structure that this version needs; again, it changes nothing.
struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings the database to the structure that this version needs.")

    func run() throws {
        let settings = try Settings.fromEnvironment()
        let applied = try Migrations(database: try Connection(url: settings.databaseURL, timeouts: .none)).apply()
        print(applied.isEmpty ? "The database is up to date." : "Applied: \(applied.joined(separator: ", ")).")
    }
}
