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

struct DataDictionaryTests {
    @Test func keywordsAndTagsFindEachOther() {
        #expect(Tag(keyword: "PatientName") == .patientName)
        #expect(Tag.pixelData.keyword == "PixelData")
        #expect(Tag(keyword: "patientname") == nil && Tag(keyword: "") == nil)
        #expect(Tag(0x0009, 0x0010).keyword == nil)
    }

    @Test func everyEntryIsFoundByTagAndByKeyword() {
        for (entry, next) in zip(AttributeTable.entries, AttributeTable.entries.dropFirst()) { #expect(entry < next) }
        for entry in AttributeTable.entries {
            let tag = Tag(code: UInt32(entry >> 32))
            #expect(DataDictionary.keyword(of: tag).flatMap(DataDictionary.tag(keyword:)) == tag)
        }
    }

    @Test(arguments: [
        (Tag.patientName, VR.PN), (.rows, .US), (.pixelData, .OW), (.smallestImagePixelValue, .US), (.lutData, .OW),
        (Tag(0x6002, 0x3000), .OW), (Tag(0x6002, 0x0010), .US), (Tag(0x0020, 0x3105), .CS), (Tag(0x0029, 0x0010), .LO),
        (Tag(0x0018, 0x0000), .UL), (.extendedOffsetTable, .OV),
    ])
    func aVRIsThatOfPS36(tag: Tag, vr: VR) {
        #expect(DataDictionary.vr(of: tag) == vr)
    }

    @Test func privateAndUnregisteredAttributesHaveNone() {
        #expect(DataDictionary.vr(of: Tag(0x0029, 0x1010)) == nil)
        #expect(DataDictionary.vr(of: Tag(0x0018, 0xFFF1)) == nil)
    }

    @Test func uidsHaveNamesAndStorageClassesAreKnown() {
        #expect(DataDictionary.name(ofUID: "1.2.840.10008.1.2.1") == "Explicit VR Little Endian")
        #expect(DataDictionary.name(ofUID: "1.2.3") == nil)
        let storage = DataDictionary.storageSOPClasses
        #expect(storage.contains("1.2.840.10008.5.1.4.1.1.2"))
        #expect(storage.contains("1.2.840.10008.5.1.4.1.1.3"))  // retired: Ultrasound Multi-frame
        #expect(storage.contains("1.2.840.10008.5.1.4.1.1.104.1"))
        #expect(!storage.contains("1.2.840.10008.1.1"))
        #expect(!storage.contains("1.2.840.10008.1.20.1"))  // Storage Commitment
        #expect(!storage.contains("1.2.840.10008.5.1.4.1.2.2.1"))  // Study Root Query
    }
}

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
