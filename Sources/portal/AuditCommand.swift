import ArgumentParser
import Glibc
import Portal
import Postgres

/// The record of who did what.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Checks the record of who did what.", subcommands: [Verify.self])

    /// Computes all seals again.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks that nothing in the record was changed, removed or slipped in.",
            discussion: """
                The newest seal is printed. Kept somewhere else, it lets a later check notice also that the end of the \
                record was cut off: give it back with --anchor. Exit status 1 when the record is not as it was sealed.
                """)

        @Option(help: "A seal that was printed before, NUMBER:HASH; it must still be in the record.")
        var anchor: String?

        func run() throws {
            let settings = try Settings.fromEnvironment()
            let chain = AuditChain(database: try Connection(url: settings.databaseURL, timeouts: .none))
            let isTerminal = isatty(STDERR_FILENO) == 1
            let found = try chain.verify(anchor: try seal()) { done in
                if isTerminal, done % 100 == 0 { StandardError.write("\r\(done) seals") }
            }
            if isTerminal { StandardError.write("\r") }
            print("\(found.seals) seals over \(found.sealedRows) rows; \(found.unsealedRows) rows not sealed yet.")
            if let newest = found.newest { print("Newest seal: \(newest.number):\(newest.hash)") }
            guard let fault = found.fault else { return print("The record is as it was sealed.") }
            print("NOT as it was sealed: \(Self.sentence(for: fault))")
            throw ExitCode(1)
        }

        private func seal() throws -> AuditChain.Seal? {
            guard let anchor else { return nil }
            let parts = anchor.split(separator: ":")
            guard parts.count == 2, let number = Int(parts[0]) else {
                throw ValidationError("A seal is NUMBER:HASH, as this command prints it.")
            }
            return AuditChain.Seal(number: number, hash: parts[1].lowercased())
        }

        private static func sentence(for fault: AuditVerification.Fault) -> String {
            switch fault {
            case .sealMissing(let number): "seal \(number) is missing."
            case .rowsDiffer(let seal, let sealed, let found):
                sealed == found
                    ? "a row of seal \(seal) was changed, or the seal itself."
                    : "seal \(seal) was made over \(sealed) rows, and there are \(found)."
            case .rowsBesideSeals(let count): "\(count) rows pretend to be older than the newest seal."
            case .anchorDiffers(let number):
                "seal \(number) is not the one that was noted; the record was cut or replaced."
            }
        }
    }
}
