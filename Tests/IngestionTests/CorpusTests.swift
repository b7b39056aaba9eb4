import ObjectStore
import ScratchPortal
import Testing

@testable import Ingestion

/// Every file of the corpus and every hostile one, as sent by STOW.
@Suite struct CorpusTests {
    let portal: ScratchPortal

    init() throws { portal = try ScratchPortal() }

    private func ingest(_ batch: [String]) throws -> [IngestOutcome] {
        try portal.ingestor.ingest(
            try batch.map { try portal.spool(Corpus.bytes($0)) }, from: IngestSource(route: .stow))
    }

    @Test func validFilesAreStoredAndTheOthersNeverStopTheBatch() throws {
        var start = 0
        while start < Corpus.entries.count {
            let entries = Array(Corpus.entries[start..<min(start + 50, Corpus.entries.count)])
            for (entry, outcome) in zip(entries, try ingest(entries.map(\.path))) where entry.kind == "valid" {
                #expect(outcome.instance != nil, "\(entry.path): \(outcome)")
                if case .stored = outcome { continue }
                #expect(entry.isDuplicate, "\(entry.path): \(outcome)")
            }
            start += 50
        }
        #expect(try portal.count("instances") > Corpus.entries.count / 3 || Corpus.entries.isEmpty)
        #expect(portal.files().filter { !$0.hasPrefix("originals/") }.isEmpty)
    }

    @Test func hostileFilesAreStoredOrRefusedAndNothingLeavesTheStore() throws {
        let mustRefuse = [
            "traversal", "uid_65", "uid_nul", "uid_win", "uid_shell", "uid_letters", "nested_1000", "nested_100000",
            "vl_ffffffff_native", "vl_huge", "deflate_bomb",
        ]
        let mustStore = ["xss", "preamble_tiff", "pn_60000", "charset_unknown", "date_invalid", "same_uid_a", "encap_"]
        for name in Corpus.abuse(".dcm") {
            let outcome = try ingest(["abuse/\(name)"])[0]
            if mustRefuse.contains(where: name.contains) { #expect(outcome.instance == nil, "\(name): \(outcome)") }
            if mustStore.contains(where: name.hasPrefix) { #expect(outcome.instance != nil, "\(name): \(outcome)") }
        }
        #expect(portal.files().allSatisfy { $0.hasPrefix("originals/") })
        let rows = try portal.database.query(
            "SELECT object_key FROM portal.instances UNION SELECT object_key FROM portal.conflicts")
        let keys = Set(try rows.map { try $0.text(0) })
        #expect(Set(portal.files().filter { !$0.hasSuffix(".marker") }) == keys)
    }
}
