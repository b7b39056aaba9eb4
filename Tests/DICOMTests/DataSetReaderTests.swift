import Testing

@testable import DICOM

struct DataSetReaderTests {
    @Test func explicitLittleEndianIsRead() throws {
        let file = try Bytes.read(
            Bytes.file(
                Bytes.hex(
                    """
                    0800 1800 5549 0600 312e322e3300
                    2800 1000 5553 0200 0002
                    0900 1010 4f42 0000 04000000 01020304
                    """)))
        #expect(file.transferSyntax == .explicitVRLittleEndian)
        #expect(file.dataSet.string(.sopInstanceUID) == "1.2.3")
        #expect(file.dataSet.int(.rows) == 512)
        #expect(file.dataSet.bytes(Tag(0x0009, 0x1010)) == [1, 2, 3, 4])
        #expect(file.dataSet[.rows]?.vr == .US)
        #expect(file.meta.string(.implementationVersionName) == "PREVIEWDICOM_1")
    }

    @Test func implicitElementsGetTheirVRFromTheDictionary() throws {
        let bytes =
            Bytes.implicit(.sopInstanceUID, Array("1.2.3\0".utf8))
            + Bytes.implicit(Tag(0x0009, 0x0010), Array("ME".utf8))
            + Bytes.implicit(Tag(0x0009, 0x1001), [1, 2]) + Bytes.implicit(.rows, [0, 2])
            + Bytes.implicit(.pixelRepresentation, [1, 0]) + Bytes.implicit(.smallestImagePixelValue, [0xFE, 0xFF])
        let dataSet = try Bytes.read(Bytes.file(bytes, .implicitVRLittleEndian)).dataSet
        #expect(dataSet.elements.map(\.vr) == [.UI, .LO, .UN, .US, .US, .SS])
        #expect(dataSet.int(.smallestImagePixelValue) == -2)
    }

    @Test func bigEndianValuesBecomeLittleEndian() throws {
        let bytes = Bytes.hex(
            """
            0008 0018 5549 0006 312e322e3300
            0028 0009 4154 0004 0018 1063
            0028 0010 5553 0002 0200
            0066 0016 4f46 0000 00000004 3f800000
            """)
        let dataSet = try Bytes.read(Bytes.file(bytes, .explicitVRBigEndian)).dataSet
        #expect(dataSet.int(.rows) == 512)
        #expect(dataSet.strings(.frameIncrementPointer) == ["00181063"])
        #expect(dataSet.bytes(Tag(0x0066, 0x0016)) == [0, 0, 0x80, 0x3F])
        #expect(dataSet.isSourceBigEndian)
    }

    @Test(arguments: [true, false], [true, false])
    func sequencesOfEitherLengthAreRead(sequenceIsDelimited: Bool, itemIsDelimited: Bool) throws {
        let element = Bytes.explicit(.codeValue, .SH, "A1")
        let item =
            itemIsDelimited
            ? Bytes.implicit(.item, element, length: Bytes.undefined) + Bytes.itemEnd : Bytes.implicit(.item, element)
        let items = item + Bytes.implicit(.item, []) + item
        let sequence =
            sequenceIsDelimited
            ? Bytes.explicit(.procedureCodeSequence, .SQ, items, length: Bytes.undefined) + Bytes.sequenceEnd
            : Bytes.explicit(.procedureCodeSequence, .SQ, items)
        let dataSet = try Bytes.read(Bytes.file(sequence + Bytes.explicit(.patientID, .LO, "X "))).dataSet
        #expect(dataSet.items(.procedureCodeSequence).map { $0.string(.codeValue) } == ["A1", nil, "A1"])
        #expect(dataSet.string(.patientID) == "X")
    }

    @Test func unknownOfUndefinedLengthIsAnImplicitSequence() throws {
        let item = Bytes.implicit(.item, Bytes.implicit(.codeValue, Array("A1".utf8)))
        let tag = Tag(0x0009, 0x1001)
        let bytes = Bytes.explicit(tag, .UN, item, length: Bytes.undefined) + Bytes.sequenceEnd
        let dataSet = try Bytes.read(Bytes.file(bytes)).dataSet
        #expect(dataSet[tag]?.vr == .SQ)
        #expect(dataSet.items(tag).first?.string(.codeValue) == "A1")
    }

    @Test func unknownOfAKnownAttributeIsReadAsWhatItIs() throws {
        let item = Bytes.implicit(.item, Bytes.implicit(.codeValue, Array("A1".utf8)))
        let bytes =
            Bytes.explicit(.procedureCodeSequence, .UN, item)
            + Bytes.explicit(.referencedStudySequence, .UN, [1, 2, 3, 4])
            + Bytes.explicit(.patientID, .UN, Array("42".utf8))
        let dataSet = try Bytes.read(Bytes.file(bytes)).dataSet
        #expect(dataSet.items(.procedureCodeSequence).first?.string(.codeValue) == "A1")
        #expect(dataSet[.referencedStudySequence]?.vr == .UN)
        #expect(dataSet.string(.patientID) == "42")
    }

    @Test func aVROfTheFutureHasTheLongForm() throws {
        let bytes = Bytes.tag(Tag(0x0009, 0x1001)) + Array("ZZ".utf8) + [0, 0] + Bytes.word32(2) + [1, 2]
        let dataSet = try Bytes.read(Bytes.file(bytes + Bytes.explicit(.patientID, .LO, "42"))).dataSet
        #expect(dataSet[Tag(0x0009, 0x1001)] == DataElement(Tag(0x0009, 0x1001), .UN, .bytes([1, 2])))
        #expect(dataSet.string(.patientID) == "42")
    }

    @Test func implicitItemsInAnExplicitFileAreRead() throws {
        let item = Bytes.implicit(.item, Bytes.implicit(.codeValue, Array("A1".utf8)))
        let dataSet = try Bytes.read(Bytes.file(Bytes.explicit(.procedureCodeSequence, .SQ, item))).dataSet
        #expect(dataSet.items(.procedureCodeSequence).first?.string(.codeValue) == "A1")
    }

    @Test func anItemInheritsTheCharacterSetUnlessItHasItsOwn() throws {
        let plain = Bytes.implicit(.item, Bytes.explicit(.codeMeaning, .LO, [0xE9, 0x20]))
        let own = Bytes.implicit(
            .item,
            Bytes.explicit(.specificCharacterSet, .CS, "ISO_IR 144") + Bytes.explicit(.codeMeaning, .LO, [0xBB, 0x20]))
        let bytes =
            Bytes.explicit(.specificCharacterSet, .CS, "ISO_IR 100")
            + Bytes.explicit(.procedureCodeSequence, .SQ, plain + own + plain)
        let items = try Bytes.read(Bytes.file(bytes)).dataSet.items(.procedureCodeSequence)
        #expect(items.map { $0.string(.codeMeaning) } == ["é", "Л", "é"])
    }

    @Test func disorderIsPutInOrderAndTheFirstOfTwoCounts() throws {
        let bytes =
            Bytes.explicit(.patientID, .LO, "B ") + Bytes.explicit(.patientName, .PN, "A ")
            + Bytes.explicit(.patientID, .LO, "C ")
        let dataSet = try Bytes.read(Bytes.file(bytes)).dataSet
        #expect(dataSet.elements.map(\.tag) == [.patientName, .patientID])
        #expect(dataSet.string(.patientID) == "B")
    }
}
