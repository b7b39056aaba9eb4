import ArgumentParser
import Portal
import Postgres

/// Accounts.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Makes accounts.", subcommands: [Create.self])

    /// Makes an account; one that exists stays as it is.
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an account. One that exists stays as it is, and that is no error.")

        @Option(help: "The e-mail address to sign in with.")
        var email: String

        @Option(help: "The name to show.")
        var name = ""

        @Flag(help: "Reads the password from standard input, up to the first line's end.")
        var passwordStdin = false

        @Flag(help: "Makes a password and prints it, once.")
        var generate = false

        @Flag(help: "Gives every permission on everything.")
        var administrator = false

        @Flag(help: "The password must be changed at the first sign-in.")
        var mustChange = false

        func validate() throws {
            guard passwordStdin != generate else {
                throw ValidationError("Give either --password-stdin or --generate.")
            }
        }

        func run() throws {
            let settings = try Settings.fromEnvironment()
            let database = try Connection(url: settings.databaseURL)
            let password = passwordStdin ? readLine(strippingNewline: true) ?? "" : nil
            do {
                let made = try FirstAdministrator(database: database).make(
                    email: email, name: name, password: password, isAdministrator: administrator,
                    mustChange: mustChange)
                print(made.account == nil ? "The account exists already: \(email)" : "Made the account \(email).")
                if let password = made.password { print("Password: \(password)") }
            } catch PortalError.invalid(let problems) {
                throw Refusal("Refused: \(problems.map(\.code).joined(separator: ", ")).")
            }
        }
    }
}
