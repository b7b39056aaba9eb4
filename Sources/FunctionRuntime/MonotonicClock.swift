import Glibc

/// The machine's monotonic clock, which all its processes read alike.
enum MonotonicClock {
    /// What it says at a moment near to now, in nanoseconds.
    static func nanoseconds(at moment: ContinuousClock.Instant) -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let (seconds, attoseconds) = (moment - ContinuousClock.now).components
        let nanoseconds = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
        return UInt64(max(0, nanoseconds + seconds * 1_000_000_000 + attoseconds / 1_000_000_000))
    }
}
