import Synchronization

/// How long this process has spent in the store's files, over all its threads.
package enum StoreTime {
    private static let spent = Mutex(Duration.zero)

    package static var total: Duration { spent.withLock { $0 } }

    static func measure<Result>(_ work: () throws -> Result) rethrows -> Result {
        let began = ContinuousClock.now
        defer {
            let taken = ContinuousClock.now - began
            spent.withLock { $0 += taken }
        }
        return try work()
    }
}
