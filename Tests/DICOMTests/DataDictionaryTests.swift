import Testing

@testable import DICOM

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
