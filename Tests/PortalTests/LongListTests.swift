import DICOM
import Postgres
import Testing

@testable import Portal

/// Searches in a list that is long enough for the ways that only long lists take.
@Suite struct LongListTests {
    /// 5,000 studies of 50 patients on 900 days, some without a date, every seventh hidden by a deletion; half of what the
    /// counters have to tell is not folded into them.
    private static func archive() throws -> StudiesArchive {
        let archive = try StudiesArchive()
        let database = archive.database
        try database.execute("INSERT INTO portal.modality_sets (modalities) VALUES ('{CT}'), ('{CT,SR}'), ('{MR}')")
        try database.execute(
            """
            INSERT INTO portal.patients (patient_id, last_name) SELECT 'P' || n, 'Name' || n % 5
                FROM generate_series(1, 50) n
            """)
        try database.execute(
            """
            INSERT INTO portal.studies (uid, patient, patient_id, patient_name, started, modality_set, attributes)
            SELECT '1.2.' || n, p.id, p.patient_id, p.last_name,
                CASE WHEN n % 40 = 0 THEN '-infinity' WHEN n % 41 = 0 THEN '0001-01-02'
                    ELSE timestamp '2020-01-01' + n % 900 * interval '1 day' + n % 24 * interval '1 hour' END,
                (SELECT id FROM portal.modality_sets WHERE modalities =
                    CASE n % 3 WHEN 0 THEN '{CT}' WHEN 1 THEN '{CT,SR}' ELSE '{MR}' END::text[]), '{}'
            FROM generate_series(1, 5000) n JOIN portal.patients p ON p.patient_id = 'P' || (1 + n % 50)
            """)
        for (part, isFolded) in [(0, true), (1, false)] {
            try database.query(
                "SELECT portal.show_studies(ARRAY(SELECT id FROM portal.studies WHERE id % 2 = \(part)))")
            if isFolded { try database.query("SELECT portal.fold_counters()") }
        }
        try database.execute("INSERT INTO portal.deletions (until) VALUES (now())")
        try database.execute("UPDATE portal.studies SET deleted = (SELECT id FROM portal.deletions) WHERE id % 7 = 0")
        try database.query("SELECT portal.show_studies(ARRAY(SELECT id FROM portal.studies WHERE id % 7 = 0))")
        try (1...30).forEach { try archive.grant("P\($0)") }
        return archive
    }

    @Test func aPageFarDownIsTheOneThatWalkingThereFinds() throws {
        let archive = try Self.archive()
        let modality = try MatchingKey(path: [Tag(0x0008, 0x0061)], text: "CT")
        for caller in [archive.administrator, archive.reader] {
            for keys in [[], [modality]] {
                let all = try Self.walked(archive, caller, modality: keys.isEmpty ? nil : "CT")
                for offset in [1999, 2000, 2001, 2345, all.count - 150, all.count - 1, all.count, all.count + 5000] {
                    let page = try StudySearch(database: archive.database)
                        .studies(SearchCriteria(keys: keys, limit: 10, offset: offset), for: caller)
                    #expect(
                        page.items.map(\.uid) == Array(all.dropFirst(offset).prefix(10)), "\(offset) of \(all.count)")
                    #expect(page.remaining == .exactly(max(0, all.count - offset - 10)), "\(offset) of \(all.count)")
                }
            }
        }
    }

    @Test func behindAPageOfAFilteredListSomeAreCounted() throws {
        let archive = try Self.archive()
        let name = try MatchingKey(path: [Tag(0x0010, 0x0010)], text: "Name3*")
        let search = StudySearch(database: archive.database)
        let all = try search.studies(SearchCriteria(keys: [name], limit: 5000), for: archive.reader).items
        #expect(all.count > 200)
        let most = SearchStatement.mostCounted
        for (limit, behind) in [
            (0, nil), (10, nil), (all.count - most - 1, nil), (all.count - most, most), (all.count, 0),
        ] {
            let page = try search.studies(SearchCriteria(keys: [name], limit: limit), for: archive.reader)
            #expect(page.items == Array(all.prefix(limit)))
            #expect(page.remaining == behind.map { .exactly($0) } ?? .atLeast(most), "\(limit) of \(all.count)")
        }
    }

    /// The caller's list, without the search.
    private static func walked(_ archive: StudiesArchive, _ caller: Caller, modality: String?) throws -> [String] {
        try archive.database.query(
            """
            SELECT s.uid FROM portal.studies s JOIN portal.modality_sets m ON m.id = s.modality_set
            JOIN portal.visible_studies v ON v.study_id = s.id AND v.scope_id = \(caller.scopeID)
            WHERE s.deleted IS NULL AND (\(modality)::text IS NULL OR \(modality) = ANY (m.modalities))
            ORDER BY s.started DESC, s.id DESC
            """
        ).map { try $0.text(0) }
    }
}
