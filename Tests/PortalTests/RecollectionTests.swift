import Foundation
import Postgres
import Testing
import WriteCounting

@testable import Portal

/// What is known of callers and instances without asking again, and until when.
@Suite struct RecollectionTests {
    private let archive: StudiesArchive
    /// The same database for those who count what they write.
    private let counting: Connection
    private let recollection: Recollection
    private let writes: WriteCounter
    private let token: String
    private let clock = Clock()

    private final class Clock {
        var now = ContinuousClock.now
    }

    init() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("writes-\(UUID())").path
        try Data(count: 8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        writes = try #require(WriteCounter(path: path))
        let time: () -> ContinuousClock.Instant = { [clock] in clock.now }
        recollection = try #require(Recollection(writes: writes, now: time))
        archive = try StudiesArchive()
        try archive.add("1.1", patientID: "A", instances: 5)
        try archive.add("1.2", patientID: "B", instances: 5)
        try archive.grant("A")
        counting = try Connection(url: archive.url, writes: writes)
        let user = try #require(archive.reader.userID)
        (token, _) = try Sessions(database: archive.database)
            .make(.session, for: user, client: SignIn.Client(address: "test"))
        // The first time it is noted that the account was seen, which is counted; then nothing happens for a while.
        for _ in 0..<2 { _ = try found() }
        clock.now += .milliseconds(100)
    }

    private func found(_ instance: String? = nil, series: String = "1.1.1", study: String = "1.1") throws
        -> Sessions.Found?
    {
        let address = instance.map { InstanceAddress($0, series: series, study: study, includesFrames: true) }
        return try Sessions(database: counting).caller(token: token, opening: address, recollection: recollection)
    }

    /// Whether that is found without the database.
    private func isKnown(_ instance: String? = nil, series: String = "1.1.1", study: String = "1.1") throws -> Bool {
        let asked = counting.time
        _ = try found(instance, series: series, study: study)
        return counting.time == asked
    }

    @Test func whoCalledIsKnown() throws {
        let caller = try #require(try found()).caller
        #expect(caller.userID == archive.reader.userID)
        #expect(try isKnown() && found()?.caller == caller)
    }

    @Test func anInstanceIsKnownUnderItsOwnAddressOnly() throws {
        let instance = try #require(try found("1.1.1.1")?.instance)
        #expect(try isKnown("1.1.1.1") && found("1.1.1.1")?.instance == instance)
        #expect(try found("1.1.1.1", series: "1.1.2")?.instance == nil)
        #expect(try found("1.1.1.1", study: "1.2")?.instance == nil)
    }

    @Test func whoReadsTwoOfASeriesKnowsTheRest() throws {
        #expect(try !isKnown("1.1.1.1"))
        #expect(try !isKnown("1.1.1.2"))
        #expect(try isKnown("1.1.1.4") && found("1.1.1.4")?.instance?.uid == "1.1.1.4")
        #expect(try found("1.1.1.4")?.instance?.frames == [9])
    }

    @Test func theRestIsNotReadWhileMuchIsWritten() throws {
        for _ in 0..<3 {
            writes.count()
            #expect(try !isKnown("1.1.1.1") && !isKnown("1.1.1.2") && !isKnown("1.1.1.4"))
            #expect(!recollection.isCalm)
            clock.now += .milliseconds(99)
        }
        clock.now += .milliseconds(1)
        #expect(try !isKnown("1.1.1.3") && isKnown("1.1.1.5") && recollection.isCalm)
    }

    @Test func theRestIsReadAsSoonAsNothingIsWritten() throws {
        writes.count()
        for uid in ["1.1.1.1", "1.1.1.2"] { #expect(try !isKnown(uid) && isKnown(uid)) }
        clock.now += .milliseconds(100)
        // Both are known, but that somebody goes through them is of use now.
        #expect(try !isKnown("1.1.1.1") && isKnown("1.1.1.4") && isKnown("1.1.1.2"))
    }

    @Test func theNeighboursOfAnInstanceAreNearestFirst() throws {
        func neighbours(of uid: String, within count: Int) throws -> [String] {
            let found = try #require(try found(uid))
            let instance = try #require(found.instance)
            return recollection.neighbours(of: instance, within: count, includesFrames: true, for: found.caller)
                .map(\.uid)
        }
        #expect(try neighbours(of: "1.1.1.1", within: 2) == [])  // only one is known
        #expect(try neighbours(of: "1.1.1.3", within: 1) == ["1.1.1.4", "1.1.1.2"])
        #expect(try neighbours(of: "1.1.1.1", within: 2) == ["1.1.1.2", "1.1.1.3"])
        #expect(try neighbours(of: "1.1.1.5", within: 9) == ["1.1.1.4", "1.1.1.3", "1.1.1.2", "1.1.1.1"])
        writes.count()
        clock.now += .seconds(2)
        #expect(try neighbours(of: "1.1.1.3", within: 1) == [])
    }

    @Test func twoSeriesAreReadOnBesideEachOther() throws {
        try archive.grant("B")
        _ = try found()
        clock.now += .milliseconds(100)
        for (study, uids) in [("1.1", ["1.1.1.1", "1.1.1.2"]), ("1.2", ["1.2.1.1", "1.2.1.2"])] {
            for uid in uids { _ = try found(uid, series: study + ".1", study: study) }
        }
        for _ in 0..<2 {
            let one = try #require(try found("1.1.1.3")),
                other = try #require(try found("1.2.1.3", series: "1.2.1", study: "1.2"))
            for found in [one, other] {
                let neighbours = recollection.neighbours(
                    of: try #require(found.instance), within: 9, includesFrames: true, for: found.caller)
                #expect(neighbours.count == 4)
            }
        }
    }

    @Test func whatIsHiddenIsAskedForEachTime() throws {
        for _ in 0..<2 {
            #expect(try !isKnown("1.2.1.1", series: "1.2.1", study: "1.2"))
            #expect(try found("1.2.1.1", series: "1.2.1", study: "1.2")?.instance == nil)
        }
        try archive.grant("B")
        #expect(try found("1.2.1.1", series: "1.2.1", study: "1.2")?.instance != nil)
    }

    @Test func whatIsWrittenIsSeenByTheNextRequest() throws {
        #expect(try found("1.1.1.1")?.instance != nil)
        try counting.execute("DELETE FROM portal.visible_studies")
        #expect(try found("1.1.1.1")?.instance == nil)
        try counting.execute("UPDATE portal.users SET status = 'disabled'")
        #expect(try found("1.1.1.1") == nil && found() == nil)
    }

    @Test func whatNobodyCountsIsSeenWithinASecond() throws {
        #expect(try found() != nil)
        try archive.database.execute("DELETE FROM portal.sessions")
        #expect(try found() != nil)
        clock.now += .milliseconds(1001)
        #expect(try found() == nil)
    }
}
