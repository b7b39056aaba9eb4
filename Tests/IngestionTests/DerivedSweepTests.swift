import Glibc
import ObjectStore
import ScratchPortal
import Testing

@testable import Ingestion

@Suite struct DerivedSweepTests {
    private let portal: ScratchPortal
    private let hour = 3600

    init() throws { portal = try ScratchPortal() }

    private func sweep(quota: Int = .max, in seconds: Int) throws -> DerivedSweep.Result {
        try DerivedSweep(database: portal.database, store: portal.store, quota: quota).run(
            now: Int(time(nil)) + seconds)
    }

    private func put(_ text: String, bytes: Int = 10, lastUse: Int? = nil) throws {
        let key = try #require(ObjectKey(text))
        try portal.store.putDerived([UInt8](repeating: 1, count: bytes), at: key)
        guard let lastUse else { return }
        let moment = timespec(tv_sec: lastUse, tv_nsec: 0)
        #expect(utimensat(AT_FDCWD, portal.store.path(of: key), [moment, moment], 0) == 0)
    }

    private var derived: [String] { portal.files().filter { $0.hasPrefix("derived/") }.sorted() }

    @Test func whatWasMadeOfAFileGoesWithIt() throws {
        _ = try portal.ingestor.ingest([try portal.spool(try SmallFile().bytes())], from: IngestSource(route: .import))
        let hash = try #require(try portal.value("SELECT encode(sha256, 'hex') FROM portal.instances"))
        let gone = String(repeating: "ab", count: 32)
        let kept = [
            "derived/frames/\(hash.prefix(2))/\(hash)-1-1.2.840.10008.1.2.4.201",
            "derived/rendered/\(hash.prefix(2))/\(hash)-1.jpg",
        ]
        for key in kept { try put(key) }
        try put("derived/frames/ab/\(gone)-1-1.2.840.10008.1.2.4.201")
        try put("derived/thumbnail/ab/\(gone)-1.jpg")
        #expect(try sweep(in: 0) == DerivedSweep.Result())
        #expect(try sweep(in: 2 * hour) == DerivedSweep.Result(widowed: 2))
        #expect(derived == kept)
        try portal.database.script("DELETE FROM portal.instances")
        #expect(try sweep(in: 2 * hour) == DerivedSweep.Result(widowed: 2))
        #expect(derived == [])
    }

    @Test func metadataOfPastRevisionsGo() throws {
        _ = try portal.ingestor.ingest([try portal.spool(try SmallFile().bytes())], from: IngestSource(route: .import))
        let id = try #require(try portal.value("SELECT id FROM portal.series"))
        let current = "derived/metadata/1/\(id)-2.json.gz"
        try portal.database.execute(
            "UPDATE portal.series SET prepared = jsonb_build_object('metadata', jsonb_build_object('key', \(current)::text))"
        )
        for key in [
            current, "derived/metadata/1/\(id)-1.json.gz", "derived/metadata/1/99999-1.json.gz",
            "derived/metadata/versions/ab12.json.gz",
        ] {
            try put(key)
        }
        #expect(try sweep(in: 2 * hour) == DerivedSweep.Result(widowed: 2))
        #expect(try sweep(in: 25 * hour) == DerivedSweep.Result(widowed: 1))
        #expect(derived == [current])
    }

    @Test func whatWasUnusedLongestMakesRoom() throws {
        let day = 86_400
        for (number, age) in [3, 9, 1, 6].enumerated() {
            try put("derived/other/\(number)", bytes: 100, lastUse: Int(time(nil)) - age * day)
        }
        #expect(try sweep(quota: 400, in: 0) == DerivedSweep.Result())
        #expect(try sweep(quota: 250, in: 0) == DerivedSweep.Result(unused: 2))
        #expect(derived == ["derived/other/0", "derived/other/2"])
    }
}
