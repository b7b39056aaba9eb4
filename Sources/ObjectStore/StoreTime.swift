import Synchronization

/// How long this process has spent in the store's files, over all its threads.
package enum StoreTime {
    private static let nanoseconds = Atomic(0)

    package static var total: Duration { .nanoseconds(nanoseconds.load(ordering: .relaxed)) }

    static func measure<Result>(_ work: () throws -> Result) rethrows -> Result {
        let began = ContinuousClock.now
        defer {
            let (seconds, attoseconds) = (ContinuousClock.now - began).components
            nanoseconds.add(Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000), ordering: .relaxed)
        }
        return try work()
    }
}
