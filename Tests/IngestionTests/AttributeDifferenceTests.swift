import DICOM
import ObjectStore
import ScratchPortal
import Testing

@testable import Ingestion

@Suite struct AttributeDifferenceTests {
    private func side(_ file: SmallFile) throws -> ContentComparison.Side {
        let source = BytesSource(try file.bytes())
        return ContentComparison.Side(file: try DICOMFile.read(source), source: source)
    }

    private func differences(_ left: SmallFile, _ right: SmallFile, most: Int = 200) throws -> [AttributeDifference] {
        try ContentComparison.differences(side(left), side(right), most: most)
    }

    @Test func equalFilesDifferInNothingButSayThatOfTheirPixels() throws {
        let same = AttributeDifference(tag: "7FE00010", keyword: "PixelData", first: "same", second: "same")
        #expect(try differences(SmallFile(), SmallFile()) == [same])
    }

    @Test func eachDifferenceHasBothValues() throws {
        var other = SmallFile()
        other.name = "Roe^Jane"
        other.pixels = [1, 2, 3, 5]
        other.others = [DataElement(.imageComments, .LT, .bytes(Array("new ".utf8)))]
        #expect(
            try differences(SmallFile(), other) == [
                AttributeDifference(tag: "00100010", keyword: "PatientName", first: "Doe^Jane", second: "Roe^Jane"),
                AttributeDifference(tag: "00204000", keyword: "ImageComments", first: nil, second: "new"),
                AttributeDifference(tag: "7FE00010", keyword: "PixelData", first: "differs", second: "differs"),
            ])
        #expect(try differences(SmallFile(), other, most: 2).map(\.keyword) == ["PatientName", "PixelData"])
    }

    @Test func anotherTransferSyntaxIsNoDifference() throws {
        var other = SmallFile()
        other.syntax = .implicitVRLittleEndian
        #expect(try differences(SmallFile(), other).map(\.first) == ["same"])
    }
}
