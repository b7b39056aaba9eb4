import Testing

@testable import DICOMImage

@Suite struct BitJoiningTests {
    @Test func framesRunOnFromBitToBit() {
        var joining = BitJoining()
        let first = joining.append([0b0000_0101], bits: 3)
        let second = joining.append([0b1110_0001, 0b1111_1111], bits: 9)
        #expect(first + second == [0b0000_1101])
        #expect(joining.finished() == [0b1111])
    }

    @Test func wholeBytesStayAsTheyAre() {
        var joining = BitJoining()
        #expect(joining.append([1, 2], bits: 16) + joining.append([3], bits: 8) == [1, 2, 3])
        #expect(joining.finished() == [])
    }
}
