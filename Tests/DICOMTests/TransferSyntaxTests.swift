import Testing

@testable import DICOM

struct TransferSyntaxTests {
    @Test func nativeSyntaxesDifferInOrderAndVR() {
        let big = TransferSyntax.explicitVRBigEndian
        #expect(!big.isLittleEndian && big.isExplicitVR && !big.isEncapsulated)
        #expect(!TransferSyntax.implicitVRLittleEndian.isExplicitVR)
        #expect(TransferSyntax.deflatedExplicitVRLittleEndian.isDeflated)
    }

    @Test func aUIDFindsItsSyntax() throws {
        #expect(TransferSyntax(try #require(UID("1.2.840.10008.1.2"))) == .implicitVRLittleEndian)
        let jpeg = TransferSyntax(try #require(UID("1.2.840.10008.1.2.4.50")))
        #expect(jpeg == .jpegBaseline && jpeg.isEncapsulated && jpeg.isKnown && !jpeg.isVideo)
        #expect(TransferSyntax(try #require(UID("1.2.840.10008.1.2.4.102"))).isVideo)
        #expect(!TransferSyntax(try #require(UID("1.2.3.4"))).isKnown)
        #expect(!TransferSyntax(try #require(UID("1.2.840.10008.1.2.4.94"))).isEncapsulated)
    }
}
