import Testing

@testable import DICOM

struct UIDTests {
    @Test(arguments: ["1", "1.2.840.10008.1.2", "0.0", "1.02", String(repeating: "1", count: 64)])
    func numbersJoinedByDotsAreUIDs(text: String) {
        #expect(UID(text)?.text == text)
    }

    @Test(arguments: [
        "", ".", "1.", ".1", "1..2", "1.a", "1.2 ", "../1", "1.2\0", "1.\u{0663}", String(repeating: "1", count: 65),
    ])
    func otherTextIsNone(text: String) {
        #expect(UID(text) == nil)
    }

    @Test func aLeadingZeroIsToleratedAndTold() {
        #expect(UID("1.02.3")?.hasLeadingZero == true)
        #expect(UID("1.0.3")?.hasLeadingZero == false)
    }
}
