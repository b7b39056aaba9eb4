import Testing

@testable import DICOM

struct SpecificCharacterSetTests {
    private static func text(_ terms: String, _ hex: String, _ vr: VR = .PN) -> [String] {
        let terms = terms.split(separator: "\\", omittingEmptySubsequences: false).map(String.init)
        return SpecificCharacterSet(terms: terms).values(of: Bytes.hex(hex), vr)
    }

    @Test(arguments: [
        ("ISO_IR 100", "4275 63 5e 4ae972 f46d65", "Buc^Jérôme"), ("ISO_IR 101", "a3f364bc", "Łódź"),
        ("ISO_IR 109", "a1b6d8", "ĦĥĜ"), ("ISO_IR 110", "c0f3de", "ĀķŪ"), ("ISO_IR 144", "bbeeda", "Люк"),
        ("ISO_IR 127", "d4e6e8c7d9", "شنواع"), ("ISO_IR 126", "c4e9efedf5f3e9eff2", "Διονυσιος"),
        ("ISO_IR 138", "f9f8e5ef", "שרון"), ("ISO_IR 148", "c76176 75fe6ff06c75", "Çavuşoğlu"),
        ("ISO_IR 203", "bd75767265 20 a4", "œuvre €"), ("ISO_IR 166", "cac7d1cab4d5", "สวัสดี"),
        ("ISO_IR 13", "d4cfc0de5ec0dbb3", "ﾔﾏﾀﾞ^ﾀﾛｳ"), ("ISO_IR 192", "e78e8b5ee5b08fe4b89c", "王^小东"),
        ("GB18030", "cdf55ed0a1b6ab", "王^小东"), ("GBK", "cdf55ed0a1b6ab", "王^小东"),
        ("ISO-IR100", "e9", "é"), ("iso 8859", "e9", "é"), ("ISO 2022 IR 100", "e9", "é"),
    ])
    func aRepertoireIsDecoded(term: String, hex: String, text: String) {
        #expect(Self.text(term, hex) == [text])
    }

    /// PS3.5 Annexes H.3.1, H.3.2, I.2, K.2; JIS X 0212 and switching right halves.
    @Test(arguments: [
        (
            "\\ISO 2022 IR 87",
            "59616d6164615e5461726f753d1b2442 3b334544 1b2842 5e 1b2442 42404f3a 1b2842 3d 1b2442 2464245e2440 1b2842 5e "
                + "1b2442 243f246d2426 1b2842",
            "Yamada^Tarou=山田^太郎=やまだ^たろう"
        ),
        (
            "ISO 2022 IR 13\\ISO 2022 IR 87",
            "d4cfc0de5ec0dbb33d 1b2442 3b334544 1b284a 5e 1b2442 42404f3a 1b284a 3d 1b2442 2464245e2440 1b284a 5e "
                + "1b2442 243f246d2426 1b284a",
            "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"
        ),
        (
            "\\ISO 2022 IR 149",
            "486f6e675e47696c646f6e673d 1b242943 fbf3 5e 1b242943 d1ced4d7 3d 1b242943 c8ab 5e 1b242943 b1e6b5bf",
            "Hong^Gildong=洪^吉洞=홍^길동"
        ),
        (
            "\\ISO 2022 IR 58", "5a68616e675e5869616f446f6e673d 1b242941 d5c5 5e 1b242941 d0a1b6ab 3d",
            "Zhang^XiaoDong=张^小东="
        ),
        ("ISO 2022 IR 6\\ISO 2022 IR 159", "1b242844 3021 1b2842 41", "丂A"),
        ("ISO 2022 IR 100\\ISO 2022 IR 144", "e9 1b2d4c bb 5e e9", "éЛ^é"),
    ])
    func escapeSequencesSwitchRepertoires(terms: String, hex: String, text: String) {
        #expect(Self.text(terms, hex) == [text])
    }

    @Test func aBackslashInsideACharacterDoesNotSplit() {
        #expect(Self.text("GBK", "8c5c 5c 815c", .LO) == ["孿", "乗"])
        #expect(Self.text("\\ISO 2022 IR 87", "1b2442 305c 1b2842 5c 41", .LO).count == 2)
        #expect(Self.text("ISO_IR 13", "b15cb2", .LO) == ["ｱ", "ｲ"])
        #expect(Self.text("ISO_IR 13", "b15cb2", .ST) == ["ｱ¥ｲ"])
    }

    @Test func aWrongDeclarationStillGivesText() {
        #expect(Self.text("", "c3a9") == ["é"])  // UTF-8 that nobody declared
        #expect(Self.text("", "4ae9") == ["Jé"])
        #expect(Self.text("ISO_IR 192", "4ae972") == ["Jér"])
        #expect(Self.text("KLINGON", "c3a9") == ["é"])
        #expect(Self.text("GB18030", "41ff42") == ["A\u{FFFD}B"])
        #expect(Self.text("\\ISO 2022 IR 87", "1b2442 ff ff 3b").allSatisfy { !$0.contains("\0") })
        #expect(Self.text("\\ISO 2022 IR 87", "1b") == ["\u{1B}"])
        #expect(Self.text("\\ISO 2022 IR 149", "1b2429") == ["\u{1B}$)"])
    }

    @Test func everyByteInEveryRepertoireGivesTextWithoutNUL() {
        let bytes = (0...255).map { UInt8($0) } + (0...255).reversed().map { UInt8($0) }
        let terms = [
            "", "13", "87", "159", "149", "58", "100", "101", "109", "110", "144", "127", "126", "138", "148", "166",
            "203",
        ]
        for term in terms.map({ "ISO 2022 IR \($0)" }) + ["ISO_IR 192", "GBK", "GB18030", "ISO_IR 13"] {
            for vr in VR.allCases where vr.isText {
                let values = SpecificCharacterSet(terms: [term]).values(of: bytes, vr)
                #expect(values.allSatisfy { !$0.utf8.contains(0) })
            }
        }
    }

    @Test func paddingIsTakenAway() {
        #expect(Self.text("", "2041 2042 20 5c 2043 00", .LO) == ["A B", "C"])
        #expect(Self.text("", "2041 20", .LT) == [" A"])
        #expect(Self.text("", "312e3200", .UI) == ["1.2"])
    }

    @Test func textIsEncodedWhereItHasAPlace() {
        #expect(SpecificCharacterSet(terms: ["ISO_IR 144"]).bytes(of: "Люк") == Bytes.hex("bbeeda"))
        #expect(SpecificCharacterSet(terms: ["ISO_IR 100"]).bytes(of: "é") == [0xE9])
        #expect(SpecificCharacterSet(terms: ["ISO_IR 100"]).bytes(of: "Люк") == nil)
        #expect(SpecificCharacterSet.ascii.bytes(of: "é") == nil)
        #expect(SpecificCharacterSet.utf8.bytes(of: "é") == [0xC3, 0xA9])
    }

    /// A sender that writes Cyrillic and declares nothing, or ASCII.
    @Test func aFallbackReadsWhatTheDeclarationDoesNot() throws {
        let cyrillic: [UInt8] = [0xB8, 0xD2, 0xD0, 0xDD, 0xDE, 0xD2, 0x5E, 0xB0, 0x20, 0x20]
        var item = DataSet()
        item.set(DataElement(.patientName, .PN, .bytes(cyrillic)))
        for declared in [nil, "ISO_IR 6", "ISO_IR 100"] {
            var dataSet = DataSet([DataElement(.patientName, .PN, .bytes(cyrillic))])
            if let declared { dataSet.set(.specificCharacterSet, text: declared) }
            dataSet.set(.sopInstanceUID, text: "1.2.3")
            dataSet.set(.referencedPatientSequence, items: [item])
            let bytes = try DataSetWriter.bytes(dataSet, syntax: .explicitVRLittleEndian)
            let source = BytesSource(Bytes.file(bytes, .explicitVRLittleEndian))
            let file = try DICOMFile.read(source, assuming: SpecificCharacterSet(fallback: "ISO_IR 144"))
            let expected = declared == "ISO_IR 100" ? "¸ÒÐÝÞÒ^°" : "Иванов^А"
            #expect(file.dataSet.string(.patientName) == expected)
            #expect(file.dataSet.items(.referencedPatientSequence).first?.string(.patientName) == expected)
        }
    }

    @Test func utf8IsReadAsWhatItIsWhateverTheFallback() {
        let characterSet = SpecificCharacterSet(fallback: "GBK")
        #expect(characterSet.values(of: Array("Zoé".utf8), .PN) == ["Zoé"])
        #expect(!SpecificCharacterSet.isFallback("ISO 2022 IR 87"))
        #expect(!SpecificCharacterSet.isFallback("KOI8"))
    }
}
