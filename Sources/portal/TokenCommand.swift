import ArgumentParser
import Portal
import Postgres

/// Access tokens.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Makes access tokens for programs.", subcommands: [Create.self])

    /// Makes an access token and prints it alone, for scripts.
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes an access token and prints it, once.")

        @Option(help: "The account that the token acts for.")
        var email: String

        @Option(help: "What the token is for.")
        var name: String

        @Option(help: "What it may: read, store, or both.")
        var may: [String] = ["read", "store"]

        @Option(help: "How many days it lives.")
        var days = 365

        func run() throws {
            let settings = try Settings.fromEnvironment()
            let database = try Connection(url: settings.databaseURL)
            guard let user = try Accounts(database: database, caller: .atTheMachine).id(ofEmail: email) else {
                throw Refusal("There is no account \(email).")
            }
            do {
                let made = try AccessTokens(database: database, user: user)
                    .make(name: name, may: may, days: days, address: "")
                print(made.secret)
            } catch PortalError.invalid(let problems) {
                throw Refusal("Refused: \(problems.map(\.code).joined(separator: ", ")).")
            }
        }
    }
}
