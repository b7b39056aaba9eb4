/// The entries of `Server-Timing` (W3C Server Timing §2): where the time of an answer went.
package enum ServerTiming {
    /// `name;dur=1.234`, in milliseconds.
    package static func entry(_ name: String, microseconds: Int) -> String {
        let fraction = String(1000 + microseconds % 1000).dropFirst()
        return "\(name);dur=\(microseconds / 1000).\(fraction)"
    }

    package static func entry(_ name: String, _ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        return entry(name, microseconds: Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000))
    }
}
