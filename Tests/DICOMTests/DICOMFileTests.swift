import Testing

@testable import DICOM

struct DICOMFileTests {
    private static let dataSet =
        Bytes.explicit(.sopClassUID, .UI, "1.2.840.10008.5.1.4.1.1.7\0")
        + Bytes.explicit(.sopInstanceUID, .UI, "1.2.3\0")
        + Bytes.explicit(.procedureCodeSequence, .SQ, Bytes.implicit(.item, Bytes.explicit(.codeValue, .SH, "A1")))
        + Bytes.explicit(.patientName, .PN, "A^B ")

    @Test func everyTruncationIsRefusedOrEndsBehindAnElement() throws {
        let whole = Bytes.file(
            Self.dataSet + Bytes.explicit(.requestAttributesSequence, .SQ, [], length: Bytes.undefined)
                + Bytes.implicit(.item, Bytes.explicit(.codeValue, .SH, "A1"), length: Bytes.undefined) + Bytes.itemEnd
                + Bytes.sequenceEnd + Bytes.encapsulated([[1, 2], [3, 4]], offsets: [0]))
        let file = try Bytes.read(whole)
        let ends = (try Self.ends(of: file.meta, at: 132) + Self.ends(of: file.dataSet, at: file.dataSetOffset)) + [132]
        for length in 0..<whole.count where !ends.contains(length) {
            #expect(throws: DICOMError.self, "\(length)") { try Bytes.read(Array(whole[..<length])) }
        }
    }

    /// Where the elements of `dataSet` end in its file.
    private static func ends(of dataSet: DataSet, at offset: Int) throws -> [Int] {
        var end = offset
        return try dataSet.elements.map { element in
            if case .fragments(let fragments) = element.value { return (fragments.last?.upperBound ?? 0) + 8 }
            let length =
                element.tag.isGroupLength
                ? 12 : try DataSetWriter.bytes(DataSet([element]), syntax: .explicitVRLittleEndian).count
            end += length
            return end
        }
    }

    @Test func aFileWithoutPreambleIsRead() throws {
        let file = Bytes.file(Self.dataSet)
        #expect(try Bytes.read(Array(file[132...])).dataSet.string(.sopInstanceUID) == "1.2.3")
        #expect(try Bytes.read(Array(file[128...])).dataSet.string(.sopInstanceUID) == "1.2.3")
    }

    @Test func aDataSetWithoutAnyHeadIsReadInEachNativeSyntax() throws {
        let dataSet = try Bytes.read(Bytes.file(Self.dataSet)).dataSet
        for syntax in [TransferSyntax.explicitVRLittleEndian, .implicitVRLittleEndian, .explicitVRBigEndian] {
            let file = try Bytes.read(DataSetWriter.bytes(dataSet, syntax: syntax))
            #expect(file.transferSyntax == syntax && file.meta.isEmpty && file.dataSetOffset == 0)
            #expect(file.dataSet.string(.patientName) == "A^B")
        }
    }

    @Test(arguments: [
        "", "a", "Dear Sir or Madam, this is a letter.", "PK\u{3}\u{4}1234567890123456789",
        "<html><body>nothing</body></html>",
        "GIF89a..............", "%PDF-1.4 some more bytes",
    ])
    func otherFilesAreRefused(text: String) {
        #expect(throws: DICOMError.notDICOM) { try Bytes.read(Array(text.utf8)) }
    }

    @Test func aWrongGroupLengthDoesNotMatter() throws {
        var bytes = Bytes.file(Self.dataSet)
        for wrong in [0, 1, 250] as [UInt8] {
            bytes[140] = wrong
            #expect(try Bytes.read(bytes).dataSet.string(.sopInstanceUID) == "1.2.3")
        }
    }

    @Test func whatTheDataSetShowsWinsOverWhatIsDeclared() throws {
        let dataSet = try Bytes.read(Bytes.file(Self.dataSet)).dataSet
        let syntaxes = [TransferSyntax.explicitVRLittleEndian, .implicitVRLittleEndian, .explicitVRBigEndian]
        for (declared, real) in syntaxes.flatMap({ declared in syntaxes.map { (declared, $0) } }) {
            let file = try Bytes.read(Bytes.file(DataSetWriter.bytes(dataSet, syntax: real), declared))
            #expect(file.transferSyntax == real)
            #expect(file.dataSet.items(.procedureCodeSequence).first?.string(.codeValue) == "A1")
        }
    }

    @Test func aDeflatedDataSetIsInflated() throws {
        let syntax = TransferSyntax.deflatedExplicitVRLittleEndian
        let native = try Bytes.read(Bytes.file(Self.dataSet)).dataSet
        let file = try Bytes.read(Bytes.file(DataSetWriter.bytes(native, syntax: syntax), syntax))
        #expect(file.dataSet == native && file.inflated == Self.dataSet && file.transferSyntax == syntax)
    }

    @Test func aBombIsRefused() throws {
        let bomb = try Deflation.deflate([UInt8](repeating: 0, count: 40 << 20))
        #expect(throws: DICOMError.tooLarge("a deflated data set inflates too far", offset: 310)) {
            try Bytes.read(Bytes.file(bomb, .deflatedExplicitVRLittleEndian))
        }
    }

    @Test func aDamagedDeflatedDataSetIsRefused() throws {
        let syntax = TransferSyntax.deflatedExplicitVRLittleEndian
        let deflated = try Deflation.deflate(Self.dataSet)
        for length in 0..<deflated.count - 1 {
            #expect(throws: DICOMError.self) { try Bytes.read(Bytes.file(Array(deflated[..<length]), syntax)) }
        }
    }

    @Test func whatStandsBehindPixelDataIsLeftAlone() throws {
        let pixels = Bytes.explicit(.pixelData, .OB, [1, 2])
        for rest in [[0], [1, 2, 3], Array("trailing nonsense".utf8), [UInt8](repeating: 0, count: 600)] as [[UInt8]] {
            #expect(try Bytes.read(Bytes.file(Self.dataSet + pixels + rest)).dataSet.elements.last?.tag == .pixelData)
        }
        let padding = Bytes.explicit(.dataSetTrailingPadding, .OB, [0, 0])
        #expect(try Bytes.read(Bytes.file(Self.dataSet + pixels + padding)).dataSet[.dataSetTrailingPadding] != nil)
        #expect(try Bytes.read(Bytes.file(Self.dataSet + [UInt8](repeating: 0, count: 64))).dataSet.elements.count == 4)
    }

    @Test func aFileOnDiskIsRead() throws {
        #expect(throws: DICOMError.self) { try FileSource(path: "/nonexistent") }
        #expect(throws: DICOMError.self) { try FileSource(path: "/") }
        #expect(throws: DICOMError.self) { try FileSource(path: "/dev/zero") }
    }
}
