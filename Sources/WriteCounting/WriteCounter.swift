import CPOSIX
import Glibc

/// Counts what the programs of one machine write into a database, in a file that they share.
///
/// Each counts after a commit and before anybody hears of it. So what was read while the counter stood at a number is still
/// true as far as anybody was told otherwise while it stands there (Postgres, Decisions/0001).
package struct WriteCounter: @unchecked Sendable {
    /// Mapped for the life of the process; it is only touched by atomic operations.
    private let counter: UnsafeMutablePointer<UInt64>

    /// The counter of this process: the file `run/writes` in its data folder. `nil` when there is none: others may write
    /// as well, and nobody knows of it.
    package static let shared: WriteCounter? = getenv("PORTAL_DATA").flatMap {
        WriteCounter(path: String(cString: $0) + "/run/writes")
    }

    /// - Returns: `nil` when there is no file of at least eight bytes.
    package init?(path: String) {
        guard let counter = cposix_map_counter(path) else { return nil }
        self.counter = counter
    }

    package var value: UInt64 { cposix_counted(counter) }

    package func count() { cposix_count(counter) }
}
