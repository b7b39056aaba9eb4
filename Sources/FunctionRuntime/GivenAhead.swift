/// Which answers a worker gave ahead: each goes to the dispatcher once, as long as nothing is written.
struct GivenAhead {
    /// How many are remembered; then none is given until something is written, or a second has passed.
    private static let most = 10_000

    private var end: ContinuousClock.Instant?
    private var writes: UInt64 = 0
    private var paths: [[UInt8]: Set<String>] = [:]
    private var count = 0

    /// Forgets what was given before what is known now.
    mutating func begin(_ standing: (writes: UInt64, end: ContinuousClock.Instant)) {
        guard standing.writes != writes || standing.end != end else { return }
        (writes, end) = (standing.writes, standing.end)
        (paths, count) = ([:], 0)
    }

    /// Whether nobody who says the same was given this before; from now on somebody was.
    mutating func isFirst(_ path: String, for asker: [UInt8]) -> Bool {
        guard count < Self.most, paths[asker, default: []].insert(path).inserted else { return false }
        count += 1
        return true
    }
}
