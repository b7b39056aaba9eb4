import DICOM
import Testing

@testable import DICOMweb

@Suite struct StoreReportTests {
    static func reference(_ study: String) throws -> ResourceReference {
        ResourceReference(study: try #require(UID(study)), series: UID("2"), instance: UID("3"))
    }

    @Test func whatIsStoredIsReferencedAndNoEmptySequenceStands() throws {
        var report = StoreReport(origin: "https://a.example")
        report.stored(try Self.reference("1"), sopClass: "1.2.3")
        #expect(report.status == 200)
        #expect(
            String(decoding: report.encoded(), as: UTF8.self)
                == #"{"00081190":{"vr":"UR","Value":["https://a.example/dicomweb/studies/1"]},"00081199":{"vr":"SQ","Value":[{"#
                + #""00081150":{"vr":"UI","Value":["1.2.3"]},"00081155":{"vr":"UI","Value":["3"]},"#
                + #""00081190":{"vr":"UR","Value":["https://a.example/dicomweb/studies/1/series/2/instances/3"]}}]}}"#)
    }

    @Test func whatFailedHasItsReason() {
        var report = StoreReport(origin: "")
        report.failed(reason: 0xC000, sopClass: "", sopInstance: "3")
        #expect(report.status == 409)
        #expect(
            String(decoding: report.encoded(), as: UTF8.self)
                == #"{"00081198":{"vr":"SQ","Value":[{"00081150":{"vr":"UI"},"00081155":{"vr":"UI","Value":["3"]},"#
                + #""00081197":{"vr":"US","Value":[49152]}}]}}"#)
    }

    @Test func someStoredAndSomeNotIs202() throws {
        var report = StoreReport(origin: "")
        report.stored(try Self.reference("1"), sopClass: "1")
        report.failed(reason: StoreReport.duplicateSOPInstance, sopClass: "1", sopInstance: "3")
        #expect(report.status == 202)
    }

    @Test func instancesOfTwoStudiesHaveNoCommonAddress() throws {
        var report = StoreReport(origin: "")
        report.stored(try Self.reference("1"), sopClass: "1")
        report.stored(try Self.reference("4"), sopClass: "1")
        #expect(!String(decoding: report.encoded(), as: UTF8.self).contains(#"["/dicomweb/studies/1"]"#))
    }
}
