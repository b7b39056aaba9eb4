import Testing

@testable import DICOM

struct VRTests {
    @Test(arguments: VR.allCases) func theLettersOfAVRAreRead(vr: VR) {
        let letters = Array(vr.rawValue.utf8)
        #expect(VR(letters[0], letters[1]) == vr)
    }

    @Test func otherLettersAreNone() {
        for pair in [[0, 0], [0x5A, 0x5A], [0x61, 0x65], [0xFF, 0xFF], [0x41, 0x40]] as [[UInt8]] {
            #expect(VR(pair[0], pair[1]) == nil)
        }
    }
}
