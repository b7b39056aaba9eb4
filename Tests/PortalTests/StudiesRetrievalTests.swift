import Postgres
import Testing

@testable import Portal

/// What is found under the UIDs of an address, in PostgreSQL.
@Suite struct StudiesRetrievalTests {
    static func archive() throws -> (StudiesArchive, StudyRetrieval) {
        let archive = try StudiesArchive()
        try archive.add("1.1", patientID: "A", modalities: ["CT", "MR"], instances: 2)
        try archive.add("1.2", patientID: "B")
        return (archive, StudyRetrieval(database: archive.database))
    }

    @Test func anInstanceIsFoundUnderItsOwnParentsOnly() throws {
        let (archive, retrieval) = try Self.archive()
        let all = archive.administrator
        let found = try #require(
            try retrieval.instance("1.1.2.1", of: "1.1.2", in: "1.1", includesFrames: true, for: all))
        #expect(found.seriesUID == "1.1.2" && found.studyUID == "1.1")
        #expect(found.objectKey == "originals/1.1.2.1" && found.size == 1000 && found.dataSetOffset == 300)
        #expect(found.frameCount == 1 && found.frames == [9] && found.hash.hasPrefix("0707"))
        #expect(try retrieval.instance("1.1.2.1", of: "1.1.2", in: "1.1", for: all)?.frames == [])
        #expect(try retrieval.instance("1.1.2.1", for: all) != nil)
        #expect(try retrieval.instance("1.1.2.1", of: "1.1.1", in: "1.1", for: all) == nil)
        #expect(try retrieval.instance("1.1.2.1", of: "1.1.2", in: "1.2", for: all) == nil)
    }

    @Test func whatIsHiddenIsNotThere() throws {
        let (archive, retrieval) = try Self.archive()
        try archive.grant("B")
        for caller in [archive.reader, Caller.stranger] {
            #expect(try retrieval.instance("1.1.1.1", of: "1.1.1", in: "1.1", for: caller) == nil)
            #expect(try retrieval.instances(of: nil, in: "1.1", for: caller).isEmpty)
            #expect(try retrieval.series(in: "1.1", for: caller).isEmpty)
            #expect(try retrieval.metadata(ofInstance: "1.1.1.1", of: "1.1.1", in: "1.1", for: caller) == nil)
        }
        #expect(try retrieval.instance("1.2.1.1", for: archive.reader) != nil)
        var borrowed = archive.reader
        borrowed.scopeID = Caller.seesAll
        #expect(try retrieval.instance("1.2.1.1", for: borrowed) == nil)
    }

    @Test func instancesComeByNumber() throws {
        let (archive, retrieval) = try Self.archive()
        let all = archive.administrator
        #expect(
            try retrieval.instances(of: nil, in: "1.1", for: all).map(\.uid)
                == ["1.1.1.1", "1.1.1.2", "1.1.2.1", "1.1.2.2"])
        #expect(try retrieval.instances(of: "1.1.2", in: "1.1", for: all).map(\.uid) == ["1.1.2.1", "1.1.2.2"])
    }

    @Test func anImageStandsForASeriesOrAStudy() throws {
        let archive = try StudiesArchive()
        try archive.add("1.1", modalities: ["SR", "CT"], instances: 5)
        try archive.database.execute(
            "UPDATE portal.instances SET frame_count = 0 WHERE uid LIKE '1.1.1.%' OR uid = '1.1.2.1'")
        let retrieval = StudyRetrieval(database: archive.database)
        let all = archive.administrator
        #expect(try retrieval.representative(.first, of: nil, in: "1.1", for: all)?.uid == "1.1.2.2")
        #expect(try retrieval.representative(.middle, of: "1.1.2", in: "1.1", for: all)?.uid == "1.1.2.4")
        #expect(try retrieval.representative(.middle, of: "1.1.1", in: "1.1", for: all) == nil)
        #expect(try retrieval.representative(.first, of: nil, in: "1.1", for: archive.reader) == nil)
        #expect(try retrieval.representative(.first, of: nil, in: "1.1", for: all)?.frames == [9])
    }

    @Test func preparedMetadataIsOfOneRevision() throws {
        let (archive, retrieval) = try Self.archive()
        let series = try #require(try retrieval.series("1.1.1", in: "1.1", for: archive.administrator).first)
        #expect(series.metadata == nil)
        let metadata = try #require(try retrieval.metadata(ofSeries: series.id))
        #expect(metadata.revision == series.revision && metadata.instances == [[1, 2], [1, 2]])
        try retrieval.recordMetadata(.init(objectKey: "derived/b", length: 5, revision: 3), ofSeries: series.id)
        try retrieval.recordMetadata(.init(objectKey: "derived/a", length: 4, revision: 2), ofSeries: series.id)
        let prepared = try retrieval.series("1.1.1", in: "1.1", for: archive.administrator).first?.metadata
        #expect(prepared == RetrievedSeries.Prepared(objectKey: "derived/b", length: 5, revision: 3))
    }
}
