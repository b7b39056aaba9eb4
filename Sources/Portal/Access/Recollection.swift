import Postgres
import WriteCounting

/// Who calls and where instances are, as this process found it a moment ago: true as long as nothing was written since.
///
/// A program of the portal that writes counts it before anybody hears of it, so that a right that was taken away is
/// never given once that was said. What nobody counts (a session's end, a hand in the database) is seen within a second.
///
/// A class, as it is filled while requests come.
package final class Recollection {
    /// How long what is not counted may go unnoticed.
    private static let patience = Duration.seconds(1)
    private static let mostInstances = 20_000
    /// How long nothing must have been written before more is read than is asked for: it would be of no use.
    private static let calm = Duration.milliseconds(100)

    private struct Place: Hashable {
        let scope: Int
        let uid: String
        let includesFrames: Bool

        func of(_ uid: String) -> Place { Place(scope: scope, uid: uid, includesFrames: includesFrames) }
    }

    private let writes: WriteCounter
    private let now: () -> ContinuousClock.Instant
    /// Where the counter stood before anything below was asked for.
    private var count: UInt64 = 0
    private var end: ContinuousClock.Instant
    /// When the counter was last seen to have moved.
    private var moved: ContinuousClock.Instant
    private var callers: [[UInt8]: Caller] = [:]
    private var instances: [Place: RetrievedInstance] = [:]
    /// The instance that was found last and its series, and of each series that was read on its instances in their order.
    private var last: (uid: String, series: Place)?
    private var readOn: [Place: [RetrievedInstance]] = [:]

    /// - Returns: `nil` without a counter, as then nobody knows what is still true.
    package init?(
        writes: WriteCounter? = .shared, now: @escaping () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        guard let writes else { return nil }
        self.writes = writes
        self.now = now
        end = now()
        moved = end
    }

    /// What is known of who holds a token and of the instance that they ask for; `nil` when the database has to be asked.
    func found(_ token: [UInt8], _ address: InstanceAddress?) -> Sessions.Found? {
        forgetWhatIsOld()
        guard let caller = callers[token] else { return nil }
        guard let address else { return Sessions.Found(caller: caller) }
        let place = Place(scope: caller.scopeID, uid: address.uid, includesFrames: address.includesFrames)
        guard let instance = instances[place], address.names(instance), !readsOn(from: instance, place) else {
            return nil
        }
        return Sessions.Found(caller: caller, instance: instance)
    }

    /// - Parameters:
    ///   - found: what the database answered after `found` knew nothing.
    ///   - others: asked for the whole series, when its instances are read one after the other.
    func keep(
        _ found: Sessions.Found, _ token: [UInt8], _ address: InstanceAddress?,
        others: (RetrievedInstance) throws(PostgresError) -> [RetrievedInstance]
    ) throws(PostgresError) {
        callers[token] = found.caller
        guard let address, let instance = found.instance else { return }
        let place = Place(scope: found.caller.scopeID, uid: instance.uid, includesFrames: address.includesFrames)
        if instances.count >= Self.mostInstances { (instances, readOn) = ([:], [:]) }
        instances[place] = instance
        let series = place.of(instance.seriesUID)
        defer { last = (instance.uid, series) }
        guard readsOn(from: instance, place) else { return }
        let others = try others(instance).sorted { ($0.number ?? 0, $0.uid) < ($1.number ?? 0, $1.uid) }
        // Of a very long series some were found, which are not each other's neighbours.
        readOn[series] = others.count < StudyRetrieval.mostOthers ? others : []
        for other in others { instances[place.of(other.uid)] = other }
    }

    /// Whether somebody goes through a series whose other instances are not known, in a moment when it is worth knowing them.
    private func readsOn(from instance: RetrievedInstance, _ place: Place) -> Bool {
        let series = place.of(instance.seriesUID)
        return last?.series == series && last?.uid != instance.uid && readOn[series] == nil && isCalm
    }

    /// Whether what is read now is likely to be of use for a while.
    package var isCalm: Bool { now() - moved >= Self.calm }

    /// Until when what is known is true: what the counter said, and a moment of its clock.
    package var standing: (writes: UInt64, end: ContinuousClock.Instant) { (count, end) }

    /// The instances of the same series that are nearest to one of them, at most `count` to either side; none before the
    /// whole series is known.
    package func neighbours(
        of instance: RetrievedInstance, within count: Int, includesFrames: Bool, for caller: Caller
    ) -> [RetrievedInstance] {
        let series = Place(scope: caller.scopeID, uid: instance.seriesUID, includesFrames: includesFrames)
        guard let known = readOn[series], let place = known.firstIndex(where: { $0.uid == instance.uid }) else {
            return []
        }
        return (1...count).flatMap { [place + $0, place - $0] }.filter(known.indices.contains).map { known[$0] }
    }

    private func forgetWhatIsOld() {
        let (counted, now) = (writes.value, now())
        guard counted != count || now > end else { return }
        if counted != count { moved = now }
        (count, end) = (counted, now + Self.patience)
        (callers, instances) = ([:], [:])
        (last, readOn) = (nil, [:])
    }
}
