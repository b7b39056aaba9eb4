/// Work that nobody waits for: a row of `portal.jobs`, run under a lease by `handler worker --jobs`.
///
/// Idempotent and resumable: it may run again from the start after a crash.
package protocol Job: Sendable {
    /// The `kind` column of its rows.
    static var kind: String { get }

    init()

    /// - Parameter arguments: the row's JSON object, as UTF-8 bytes.
    func run(arguments: [UInt8], in context: Context) throws
}
