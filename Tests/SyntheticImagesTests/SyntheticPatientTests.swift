import DICOM
import Foundation
import Testing

@testable import SyntheticImages

private typealias Tag = DICOM.Tag  // Testing has a Tag too

@Suite struct SyntheticPatientTests {
    static let patients = SyntheticPatient.demo(reducedBy: 16)
    static let series = patients.flatMap(\.studies).flatMap(\.series)

    private func read(_ instance: SyntheticInstance) throws -> DataSet {
        try DICOMFile.read(BytesSource(instance.file())).dataSet
    }

    @Test(arguments: series.indices)
    func usesOnlyKeywordsOfTheDictionary(_ index: Int) throws {
        let first = try #require(Self.series[index].instances.first)
        #expect(first.attributes().unknownKeywords == [])
    }

    @Test(arguments: series.indices)
    func writesFilesThatSayWhatTheyAre(_ index: Int) throws {
        let series = Self.series[index]
        let last = try #require(series.instances.last)
        let file = try DICOMFile.read(BytesSource(last.file()))
        #expect(file.transferSyntax == .explicitVRLittleEndian)
        #expect(file.meta.string(.mediaStorageSOPInstanceUID) == last.sopInstanceUID)
        #expect(file.dataSet.string(.sopInstanceUID) == last.sopInstanceUID)
        #expect(file.dataSet.string(.sopClassUID) == last.sopClassUID)
        #expect(file.dataSet.string(.seriesInstanceUID) == series.seriesInstanceUID)
        #expect(file.dataSet.string(.modality) == series.modality)
        #expect(file.dataSet.int(.instanceNumber) == last.number)
        #expect(file.frames.count == (file.dataSet.int(.numberOfFrames) ?? 1))
    }

    @Test(arguments: series.indices)
    func makesTheSameBytesEachTime(_ index: Int) throws {
        let first = try #require(Self.series[index].instances.first)
        let again = SyntheticPatient.demo(reducedBy: 16).flatMap(\.studies).flatMap(\.series)[index]
        #expect(try first.file() == again.instances.first?.file())
    }

    @Test func keepsUIDsApartAndWellFormed() {
        let instances = Self.patients.flatMap { Array($0.instances) }
        #expect(instances.count == 371)
        let uids = instances.map(\.sopInstanceUID) + Self.series.map(\.seriesInstanceUID)
        #expect(Set(uids).count == uids.count)
        #expect(uids.allSatisfy { UID($0)?.hasLeadingZero == false && $0.hasPrefix("2.25.") })
    }

    @Test func keepsNamesInTheirScripts() throws {
        let names = try Self.patients.map { patient in
            try #require(try patient.instances.first(where: { _ in true }).map(read)).string(.patientName)
        }
        #expect(names.contains("Yamada^Tarou=山田^太郎=やまだ^たろう"))
        #expect(names.contains("Иванова^Мария^Сергеевна"))
        #expect(names.contains("Lefèvre^Élodie"))
    }

    @Test func stacksSlicesEvenly() throws {
        let series = try #require(Self.series.first { $0.modality == "CT" })
        let heights = try series.instances.prefix(4).map { try read($0).doubles(.imagePositionPatient)[2] }
        let steps = zip(heights, heights.dropFirst()).map { $1 - $0 }
        #expect(steps.allSatisfy { abs($0 - 3.75) < 1e-6 })
        #expect(try read(series.instances[0]).doubles(.sliceThickness) == [3.75])
    }

    @Test func sharesTheFrameOfReferenceOfPETAndCT() throws {
        let study = try #require(Self.patients.first?.studies.last)
        let frames = try study.series.map { try read($0.instances[0]).string(.frameOfReferenceUID) }
        #expect(Set(frames).count == 1)
    }

    @Test(arguments: patients.indices)
    func writesSidecarsThatMatchTheFiles(_ index: Int) throws {
        struct Sidecar: Decodable {
            struct Study: Decodable { let studyInstanceUID: String }
            let id: String
            let lastName: String
            let dob: String
            let studies: [Study]
        }
        let patient = Self.patients[index]
        let sidecar = try JSONDecoder().decode(Sidecar.self, from: Data(patient.sidecar.utf8))
        #expect(sidecar.id == patient.person.id)
        #expect(patient.person.name.hasPrefix(sidecar.lastName))
        #expect(sidecar.dob.filter { $0 != "-" } == patient.person.birthDate)
        #expect(sidecar.studies.map(\.studyInstanceUID) == patient.studies.map(\.studyInstanceUID))
    }
}
