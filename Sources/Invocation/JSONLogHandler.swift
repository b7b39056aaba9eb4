import Glibc
import HTTPModel
import Logging

/// Writes each event as one line of JSON to standard error.
///
/// Control characters are escaped, so no text from outside can begin a line of its own or speak to a terminal.
package struct JSONLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel: Logger.Level = .info
    private let label: String

    package init(label: String) { self.label = label }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        write(level: event.level, message: event.message, metadata: event.metadata)
    }

    private func write(level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata?) {
        let facts = self.metadata.merging(metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        var line = #"{"at":"\#(Self.now)","level":"\#(level.rawValue)","from":"#
        JSONText.append(label, to: &line)
        line += #","message":"#
        JSONText.append("\(message)", to: &line)
        for (key, value) in facts {
            line += ","
            JSONText.append(key, to: &line)
            line += ":"
            JSONText.append("\(value)", to: &line)
        }
        line += "}\n"
        // One write: lines of several processes on one descriptor do not mix.
        _ = line.withUTF8 { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// The instant in UTC, to the millisecond (RFC 3339).
    private static var now: String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var parts = tm()
        gmtime_r(&time.tv_sec, &parts)
        let day = "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
        let clock = "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
        return "\(day)T\(clock).\(padded(Int32(time.tv_nsec / 1_000_000), 3))Z"
    }

    private static func padded(_ number: Int32, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
