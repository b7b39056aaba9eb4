import ArgumentParser
import Glibc

/// A line of progress on standard error, where that is a terminal.
///
/// A class, because it remembers what it showed last.
final class ProgressBar {
    private static let width = 40

    private let name: String
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var shown = -1
    private var shownAct = ""

    /// - Parameter name: what goes on.
    init(_ name: String) {
        self.name = name.plain
    }

    /// - Parameters:
    ///   - done: in bytes.
    ///   - total: in bytes.
    ///   - act: what is being done.
    func show(_ done: Int, of total: Int, _ act: String = "") {
        let percent = total > 0 ? min(100, Int(Double(done) / Double(total) * 100)) : 100
        guard isTerminal, (percent, act) != (shown, shownAct) else { return }
        (shown, shownAct) = (percent, act)
        let filled = percent * Self.width / 100
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: Self.width - filled)
        StandardError.write("\r\u{1B}[K[\(bar)] \(percent) % \(act.isEmpty ? "" : act + " ")\(name)")
    }

    /// Says why nothing goes on; the empty text ends it.
    func pause(_ reason: String) {
        end()
        if !reason.isEmpty { StandardError.write("\(name): \(reason.plain)\n") }
    }

    /// Leaves the line to what is printed next.
    func end() {
        guard shown >= 0 else { return }
        shown = -1
        StandardError.write("\r\u{1B}[K")
    }
}

extension String {
    /// Without the controls of a terminal, as names in an archive may be anything.
    var plain: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }
}

/// What stands beside a command's own output.
enum StandardError {
    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}

extension ParsableCommand {
    /// Ends the command with status 2, and says why, when `body` throws.
    func endingWithStatus2(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            StandardError.write("Error: \(error)\n")
            throw ExitCode(2)
        }
    }
}
