import DICOM
import Foundation
import Testing

@testable import SyntheticImages

@Suite struct SyntheticSeriesTests {
    @Test func makesVolumesOfAnySize() throws {
        let series = SyntheticSeries.ct(slices: 3, rows: 24, columns: 32, seed: 7)
        #expect(series.instances.count == 3)
        let file = try DICOMFile.read(BytesSource(series.instances[1].file()))
        #expect(file.dataSet.int(.rows) == 24 && file.dataSet.int(.columns) == 32)
        #expect(file.frames.length(of: 0) == 24 * 32 * 2)
        #expect(series.seriesInstanceUID != SyntheticSeries.ct(slices: 3, seed: 8).seriesInstanceUID)
    }

    @Test func makesManyStudiesOfOneInstance() throws {
        let studies = Array(SyntheticSeries.tinyStudies(count: 50, side: 4, seed: 1))
        #expect(Set(studies.map(\.studyInstanceUID)).count == 50)
        #expect(studies.allSatisfy { $0.instances.count == 1 })
        let other = Set(SyntheticSeries.tinyStudies(count: 50, side: 4, seed: 2).map(\.studyInstanceUID))
        #expect(other.isDisjoint(with: studies.map(\.studyInstanceUID)))
        let dates = try studies.prefix(20).map { study in
            try DICOMFile.read(BytesSource(study.instances[0].file())).dataSet.string(.studyDate) ?? ""
        }
        #expect(dates.allSatisfy { $0.count == 8 && $0 >= "20200101" && $0 < "20260101" })
    }

    @Test func writesAFolderThatAnImportTakes() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "synthetic-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let patient = try #require(SyntheticPatient.demo(reducedBy: 32).last)
        var seen = 0
        try SyntheticFolder.write([patient], to: folder.path) { seen = $0 }
        #expect(seen == 1)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        #expect(
            names == ["Patient-DEMO-0006", "Patient-DEMO-0006/1-01.dcm", "Patient-DEMO-0006/Patient-DEMO-0006.json"])
        #expect(throws: SyntheticFolder.Failure.self) { try SyntheticFolder.write([patient], to: "/dev/null/x") }
    }
}
