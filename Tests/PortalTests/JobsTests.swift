import Postgres
import Testing

@testable import Portal

struct JobsTests {
    private let portal: ScratchPortal
    private let jobs: Jobs

    init() throws {
        portal = try ScratchPortal()
        try portal.database.execute("DELETE FROM portal.jobs")
        jobs = Jobs(database: portal.database)
    }

    @Test func equalRequestsAreOneJobAndOneLease() throws {
        try jobs.request("k", arguments: #"{"a":1}"#)
        try jobs.request("k", arguments: #"{"a": 1}"#)
        let leased = try #require(try jobs.lease(kinds: ["k"], seconds: 60))
        #expect(try jobs.lease(kinds: ["k"], seconds: 60) == nil)
        #expect(String(decoding: leased.arguments, as: UTF8.self) == #"{"a": 1}"#)
        try jobs.finish(leased)
        #expect(try jobs.list() == [])
    }

    @Test func aRequestDuringTheWorkRunsTheJobAgain() throws {
        try jobs.request("k")
        let leased = try #require(try jobs.lease(kinds: ["k"], seconds: 60))
        try jobs.request("k")
        try jobs.finish(leased)
        #expect(try jobs.lease(kinds: ["k"], seconds: 60) != nil)
    }

    @Test func aFailureWaitsAndALostLeaseIsTakenAgain() throws {
        try jobs.request("k")
        let first = try #require(try jobs.lease(kinds: ["k"], seconds: 0))
        let second = try #require(try jobs.lease(kinds: ["k"], seconds: 60))
        #expect(second.attempts == 2)
        #expect(try jobs.prolong(first, seconds: 60) == false)
        try jobs.finish(first)
        try jobs.fail(second, error: "away")
        #expect(try jobs.lease(kinds: ["k"], seconds: 60) == nil)
        #expect(try jobs.list().map(\.lastError) == ["away"])
    }

    @Test func aRepeatingJobStays() throws {
        try portal.database.execute("INSERT INTO portal.jobs (kind, every) VALUES ('r', interval '1 hour')")
        let leased = try #require(try jobs.lease(kinds: ["r"], seconds: 60))
        try jobs.finish(leased)
        #expect(try jobs.list().map(\.kind) == ["r"])
        #expect(try jobs.lease(kinds: ["r"], seconds: 60) == nil)
    }

    @Test func onlyKindsThatCanBeRunAreTaken() throws {
        try jobs.request("k")
        #expect(try jobs.lease(kinds: ["other"], seconds: 60) == nil)
    }
}
