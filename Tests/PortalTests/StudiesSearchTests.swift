import DICOM
import Postgres
import Testing

@testable import Portal

private typealias Tag = DICOM.Tag

/// What searches find, in PostgreSQL.
@Suite struct StudiesSearchTests {
    /// Six studies of five patients, newest first: 1.6 … 1.1.
    static func archive() throws -> StudiesArchive {
        let archive = try StudiesArchive()
        try archive.add("1.1", name: "Smith^John", patientID: "A", started: "-infinity", accession: "ACC_1")
        try archive.add(
            "1.2", name: "Smith^John", patientID: "A", started: "2024-01-31 23:59:59", accession: "ACCX1",
            description: "Tête et cou", modalities: ["CT", "SR"])
        try archive.add(
            "1.3", name: "García-López^José=山田^太郎", patientID: "B", started: "2024-02-01", description: "100% 5_7",
            modalities: ["MR"],
            attributes: """
                {"00101002": {"vr": "SQ", "Value": [{"00100020": {"vr": "LO", "Value": ["X7"]}}, {}]},
                 "00081048": {"vr": "PN", "Value": [{"Alphabetic": "Hawthorné^Anna"}]}}
                """)
        try archive.add("1.4", name: "Иванов^Пётр", patientID: "C", started: "2024-03-01 08:30:15", modalities: ["US"])
        try archive.add("1.5", name: "von Hawthorne^Anna", patientID: "D_%", started: "2024-04-01 12:00", instances: 3)
        try archive.add("1.6", name: "", patientID: "E", started: "2024-05-01 00:00:00", modalities: [])
        return archive
    }

    struct Case {
        let attribute: String
        let text: String
        let expected: String

        init(_ attribute: String, _ text: String, _ expected: String) {
            (self.attribute, self.text, self.expected) = (attribute, text, expected)
        }
    }

    static func studies(
        _ archive: StudiesArchive, _ keys: [(String, String)], fuzzy: Bool = false, empty: Bool = false,
        as caller: Caller? = nil
    ) throws -> [String] {
        let keys = try keys.map { try MatchingKey(path: [tag($0.0)], text: $0.1, matchesEmptyValues: empty) }
        let criteria = SearchCriteria(keys: keys, isFuzzy: fuzzy)
        return try StudySearch(database: archive.database)
            .studies(criteria, for: caller ?? archive.administrator).items.map(\.uid)
    }

    @Test func eachAttributeFindsItsStudies() throws {
        let archive = try Self.archive()
        let everything = "1.6 1.5 1.4 1.3 1.2 1.1"
        let table = [
            Case("PatientName", "", everything),
            Case("PatientName", "*", everything),
            Case("PatientName", "**", everything),
            Case("PatientName", "smith^john", "1.2 1.1"),
            Case("PatientName", "SMITH^JOHN^^", "1.2 1.1"),
            Case("PatientName", "Smith", ""),
            Case("PatientName", "Smith*", "1.2 1.1"),
            Case("PatientName", "*MITH*", "1.2 1.1"),
            Case("PatientName", "Sm?th^*", "1.2 1.1"),
            Case("PatientName", "garcia-lopez^jose", "1.3"),
            Case("PatientName", "山田^太郎", "1.3"),
            Case("PatientName", "山田*", "1.3"),
            Case("PatientName", "ИВАНОВ*", "1.4"),
            Case("PatientName", "%", ""),
            Case("PatientName", "_*", ""),
            Case("PatientID", "A", "1.2 1.1"),
            Case("PatientID", "a", ""),
            Case("PatientID", "D_%", "1.5"),
            Case("PatientID", "D_*", "1.5"),
            Case("PatientID", "?_%", "1.5"),
            Case("PatientID", "A\\B", "1.3 1.2 1.1"),
            Case("PatientID", "'; DROP TABLE portal.studies --", ""),
            Case("AccessionNumber", "ACC_1", "1.1"),
            Case("AccessionNumber", "ACC?1", "1.2 1.1"),
            Case("AccessionNumber", "ACC%", ""),
            Case("StudyDescription", "Tête*", "1.2"),
            Case("StudyDescription", "tete*", ""),
            Case("StudyDescription", "*5_7", "1.3"),
            Case("StudyDescription", "*0%*", "1.3"),
            Case("StudyInstanceUID", "1.4", "1.4"),
            Case("StudyInstanceUID", "1.4,1.2", "1.4 1.2"),
            Case("StudyInstanceUID", "1.4\\1.2", "1.4 1.2"),
            Case("StudyInstanceUID", "1.9", ""),
            Case("StudyDate", "20240131", "1.2"),
            Case("StudyDate", "20240131-20240301", "1.4 1.3 1.2"),
            Case("StudyDate", "20240302-", "1.6 1.5"),
            Case("StudyDate", "-20240131", "1.2"),
            Case("StudyTime", "12", "1.5"),
            Case("StudyTime", "0830-12", "1.5 1.4"),
            Case("StudyTime", "235959", "1.2"),
            Case("StudyTime", "2359-", "1.2"),
            Case("StudyTime", "-083015", "1.6 1.4 1.3"),
            Case("ModalitiesInStudy", "CT", "1.5 1.2 1.1"),
            Case("ModalitiesInStudy", "SR,US", "1.4 1.2"),
            Case("ModalitiesInStudy", "M*", "1.3"),
            Case("Modality", "MR\\US", "1.4 1.3"),
            Case("SOPInstanceUID", "1.5.1.2", "1.5"),
            Case("Rows", "512", "1.5 1.4 1.3 1.2 1.1"),
            Case("NumberOfStudyRelatedSeries", "2", "1.2"),
            Case("NumberOfStudyRelatedInstances", "3", "1.5"),
            Case("PhysiciansOfRecord", "hawthorne^*", "1.3"),
            Case("Manufacturer", "x", ""),
        ]
        for row in table {
            let found = try Self.studies(archive, [(row.attribute, row.text)])
            #expect(found.joined(separator: " ") == row.expected, "\(row.attribute)=\(row.text)")
        }
        #expect(try Self.studies(archive, [("PatientName", "smith*"), ("Modality", "SR")]) == ["1.2"])
        #expect(try Self.studies(archive, [("PatientName", "\"\"")], empty: true) == ["1.6"])
        #expect(try Self.studies(archive, [("StudyDate", "\"\"")], empty: true) == ["1.1"])
        #expect(try Self.studies(archive, [("ModalitiesInStudy", "\"\"")], empty: true) == ["1.6"])
    }

    @Test func aPathFindsWhatItemsHold() throws {
        let archive = try Self.archive()
        let search = StudySearch(database: archive.database)
        for (text, expected) in [("X7", ["1.3"]), ("X?", ["1.3"]), ("X", [])] {
            let key = try MatchingKey(path: [tag("OtherPatientIDsSequence"), tag("PatientID")], text: text)
            #expect(
                try search.studies(SearchCriteria(keys: [key]), for: archive.administrator).items.map(\.uid) == expected
            )
        }
        let empty = try MatchingKey(path: [tag("PhysiciansOfRecord")], text: "\"\"", matchesEmptyValues: true)
        #expect(try search.studies(SearchCriteria(keys: [empty]), for: archive.administrator).items.count == 5)
    }

    @Test func aFuzzyNameIsWordsInAnyOrderWithOneWrongLetter() throws {
        let archive = try Self.archive()
        let table: [(String, [String])] = [
            ("john smith", ["1.2", "1.1"]), ("*john smith*", ["1.2", "1.1"]), ("SMITH, JOHN", ["1.2", "1.1"]),
            ("smiht john", ["1.2", "1.1"]), ("smth", ["1.2", "1.1"]), ("smitth", ["1.2", "1.1"]),
            ("smyth", ["1.2", "1.1"]),
            ("smxxh", []), ("smith anna", []), ("lopez garcia", ["1.3"]), ("garcialopez", ["1.3"]),
            ("garcia lopes", ["1.3"]),
            ("anna hawthorne", ["1.5"]), ("hawthrone", ["1.5"]), ("hawthorne von", ["1.5"]), ("петр", ["1.4"]),
            ("иваноф", ["1.4"]), ("山田", ["1.3"]), ("mit", ["1.2", "1.1"]), ("joh", ["1.2", "1.1"]),
        ]
        for (text, expected) in table {
            #expect(try Self.studies(archive, [("PatientName", text)], fuzzy: true) == expected, "\(text)")
        }
    }

    @Test func aCallerFindsWhatItMaySeeAndNothingElse() throws {
        let archive = try Self.archive()
        #expect(try Self.studies(archive, [], as: archive.reader).isEmpty)
        try archive.grant("A")
        #expect(try Self.studies(archive, [], as: archive.reader) == ["1.2", "1.1"])
        #expect(try Self.studies(archive, [("StudyInstanceUID", "1.2,1.3")], as: archive.reader) == ["1.2"])
        #expect(try Self.studies(archive, [("PatientName", "*")], as: archive.reader) == ["1.2", "1.1"])
        #expect(try Self.studies(archive, [("PatientName", "lopez")], fuzzy: true, as: archive.reader).isEmpty)
        #expect(try Self.studies(archive, [], as: Caller.stranger).isEmpty)
        var borrowed = archive.reader
        borrowed.scopeID = Caller.seesAll
        #expect(try Self.studies(archive, [], as: borrowed).isEmpty, "a scope that is not the account's shows nothing")
        let page = try StudySearch(database: archive.database).studies(SearchCriteria(limit: 1), for: archive.reader)
        #expect(page.remaining == .exactly(1))
    }

    @Test func pagesAreInOrderAndTellWhatIsBehindThem() throws {
        let archive = try Self.archive()
        let search = StudySearch(database: archive.database)
        for (key, all) in [("", 6), ("*t*", 3)] {
            let keys = try [MatchingKey(path: [tag("PatientName")], text: key)]
            for limit in 0...7 {
                let page = try search.studies(
                    SearchCriteria(keys: keys, limit: limit, offset: 1), for: archive.administrator)
                #expect(page.items.count == min(limit, all - 1))
                #expect(page.remaining == .exactly(max(0, all - 1 - limit)), "\(key) \(limit)")
            }
            let behind = try search.studies(SearchCriteria(keys: keys, offset: 100), for: archive.administrator)
            #expect(behind.items.isEmpty && behind.remaining == .exactly(0))
        }
        try archive.database.query("SELECT portal.fold_counters()")
        let page = try search.studies(SearchCriteria(limit: 2), for: archive.administrator)
        #expect(page.remaining == .exactly(4))
    }

    @Test func aStudyComesWithItsCountsAndModalities() throws {
        let archive = try Self.archive()
        let keys = try [MatchingKey(path: [tag("StudyInstanceUID")], text: "1.2")]
        let page = try StudySearch(database: archive.database).studies(
            SearchCriteria(keys: keys), for: archive.administrator)
        #expect(
            page.items == [
                FoundStudy(uid: "1.2", attributes: "{}", modalities: ["CT", "SR"], seriesCount: 2, instanceCount: 2)
            ])
    }

    @Test func seriesAndInstancesAreFoundBelowAParentAndAcrossStudies() throws {
        let archive = try Self.archive()
        let search = StudySearch(database: archive.database)
        let all = archive.administrator
        #expect(try search.series(SearchCriteria(study: "1.2"), for: all).items.map(\.uid) == ["1.2.1", "1.2.2"])
        #expect(try search.series(SearchCriteria(study: "1.9"), for: all).items.isEmpty)
        #expect(try search.series(SearchCriteria(study: "1.2"), for: archive.reader).items.isEmpty)
        #expect(
            try search.series(SearchCriteria(includesParents: true), for: all).items.map(\.uid)
                == ["1.5.1", "1.4.1", "1.3.1", "1.2.1", "1.2.2", "1.1.1"])
        let sr = try MatchingKey(path: [tag("Modality")], text: "SR")
        let found = try search.series(SearchCriteria(keys: [sr], includesParents: true), for: all).items
        #expect(found.map(\.uid) == ["1.2.2"])
        #expect(found.first?.studyUID == "1.2")
        #expect(found.first?.study?.modalities == ["CT", "SR"])
        #expect(
            try search.instances(SearchCriteria(study: "1.5"), for: all).items.map(\.uid)
                == ["1.5.1.1", "1.5.1.2", "1.5.1.3"])
        #expect(
            try search.instances(SearchCriteria(study: "1.2", series: "1.2.2"), for: all).items.map(\.uid) == [
                "1.2.2.1"
            ])
        #expect(try search.instances(SearchCriteria(study: "1.2", series: "1.5.1"), for: all).items.isEmpty)
        let number = try MatchingKey(path: [tag("InstanceNumber")], text: "2")
        let instances = try search.instances(SearchCriteria(keys: [number], includesParents: true), for: all)
        #expect(instances.items.map(\.uid) == ["1.5.1.2"])
        #expect(instances.items.first?.series?.study?.uid == "1.5")
        #expect(instances.items.first?.attributes == #"{"00280010": {"vr": "US", "Value": [512]}}"#)
    }

    @Test(arguments: [
        ("StudyDate", "20240230"), ("StudyDate", "2024-01-01"), ("StudyDate", "2024"), ("StudyDate", "00000101"),
        ("StudyTime", "24"), ("StudyTime", "1"), ("StudyTime", "1060"), ("StudyTime", "10:30"), ("StudyDate", "-"),
        ("StudyInstanceUID", "1..2"), ("StudyInstanceUID", "1.2*"), ("Rows", "many"),
    ])
    func aValueThatItsAttributeCannotHaveIsRefused(attribute: String, text: String) throws {
        #expect(throws: MatchingError.self) {
            _ = try SearchConditions(
                level: .instance, keys: [MatchingKey(path: [tag(attribute)], text: text)], isFuzzy: false)
        }
    }
}

private func tag(_ keyword: String) throws -> Tag { try #require(Tag(keyword: keyword)) }
