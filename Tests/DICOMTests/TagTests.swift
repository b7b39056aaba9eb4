import Testing

@testable import DICOM

struct TagTests {
    @Test func aTagIsReadFromAndWrittenAsEightHexadecimalDigits() {
        #expect(Tag(hex: "0020000d") == .studyInstanceUID)
        #expect(Tag.studyInstanceUID.hex == "0020000D")
        #expect(Tag.studyInstanceUID.description == "(0020,000D)")
    }

    @Test(arguments: ["", "0020000", "0020000DD", "0020000G", "+020000D", "-0200000", "PatientName"])
    func otherTextIsNoTag(text: String) {
        #expect(Tag(hex: text) == nil)
    }

    @Test func groupElementAndOwnerAreTold() {
        let tag = Tag(0x0009, 0x0010)
        #expect(tag.group == 9 && tag.element == 0x10 && tag.isPrivate && tag.isPrivateCreator)
        #expect(!Tag(0x0009, 0x1010).isPrivateCreator && !Tag.patientName.isPrivate)
        #expect(Tag(0x0008, 0).isGroupLength && Tag.patientID < Tag.patientBirthDate)
    }
}
