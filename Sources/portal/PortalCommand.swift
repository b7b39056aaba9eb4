import ArgumentParser

/// What an operator does at the machine itself.
@main
struct PortalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portal", abstract: "Administers the portal at the machine itself.",
        subcommands: [
            Migrate.self, UserCommand.self, TokenCommand.self, AuditCommand.self, Demo.self, ImportCommand.self,
            ExportCommand.self, Inspect.self, Convert.self, Render.self,
        ])
}
