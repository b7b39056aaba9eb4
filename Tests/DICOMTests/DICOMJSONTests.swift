import Testing

@testable import DICOM

struct DICOMJSONTests {
    private static func json(_ dataSet: DataSet, limit: Int = DICOMJSON.inlineLimit) -> String {
        String(decoding: DICOMJSON.encode(dataSet, inlineLimit: limit) { "/bulk/\($0)" }, as: UTF8.self)
    }

    @Test func aDataSetIsWrittenAsAnnexFSays() {
        var code = DataSet()
        code.set(.codeMeaning, text: "a \"b\"\n")
        var dataSet = DataSet()
        dataSet.set(.procedureCodeSequence, items: [code, DataSet()])
        dataSet.set(.imageType, text: "ORIGINAL", "", "AXIAL")
        dataSet.set(.accessionNumber, text: "")
        dataSet.set(.patientName, text: "Yamada^Tarou=山田^太郎=やまだ^たろう")
        dataSet.set(.otherPatientNames, text: "A", "", "=B")
        dataSet.set(.rows, number: 512)
        dataSet.set(.frameIncrementPointer, .AT, bytes: [0x18, 0, 0x63, 0x10])
        dataSet.set(.rescaleSlope, text: "1.50")
        dataSet.set(.instanceNumber, text: "+7")
        dataSet.set(Tag(0x0009, 0x1001), .OB, bytes: [1, 2, 3, 4])
        #expect(
            Self.json(dataSet) == """
                {"00080005":{"vr":"CS","Value":["ISO_IR 192"]},\
                "00080008":{"vr":"CS","Value":["ORIGINAL",null,"AXIAL"]},\
                "00080050":{"vr":"SH"},\
                "00081032":{"vr":"SQ","Value":[{"00080104":{"vr":"LO","Value":["a \\"b\\"\\n"]}},{}]},\
                "00091001":{"vr":"OB","InlineBinary":"AQIDBA=="},\
                "00100010":{"vr":"PN","Value":[{"Alphabetic":"Yamada^Tarou","Ideographic":"山田^太郎","Phonetic":"やまだ^たろう"}]},\
                "00101001":{"vr":"PN","Value":[{"Alphabetic":"A"},null,{"Ideographic":"B"}]},\
                "00200013":{"vr":"IS","Value":[7]},\
                "00280009":{"vr":"AT","Value":["00181063"]},\
                "00280010":{"vr":"US","Value":[512]},\
                "00281053":{"vr":"DS","Value":[1.50]}}
                """)
    }

    @Test(arguments: [
        ("1", "1"), ("-0.5", "-0.5"), ("+1.5", "1.5"), ("007", "7"), (".5", "0.5"), ("5.", "5"), ("-.5e3", "-0.5e3"),
        ("000", "0"), ("1E-05", "1E-05"), ("1e+10", "1e+10"), ("12345678901234567", "12345678901234567"),
    ])
    func aDecimalStringIsANumber(text: String, number: String) {
        #expect(DecimalToken.number(Array(text.utf8)[...]).map { String(decoding: $0, as: UTF8.self) } == number)
    }

    @Test(arguments: [
        "", "-", "+", ".", "1e", "1 2", "0x10", "NaN", "inf", "1,5", "1e999", "1e-999", "--1", "1.2.3",
        "0.12345678901234567890", "1e99999999999999999999",
    ])
    func otherTextStaysText(text: String) {
        #expect(DecimalToken.number(Array(text.utf8)[...]) == nil)
    }

    @Test func numbersKeepTheirPrecision() {
        var dataSet = DataSet()
        dataSet.set(Tag(0x0009, 0x1001), .FD, real: [0.1, .nan, .infinity, -.infinity])
        dataSet.set(Tag(0x0009, 0x1002), .FL, real: [0.1])
        dataSet.set(Tag(0x0009, 0x1003), .UV, bytes: [UInt8](repeating: 0xFF, count: 8))
        dataSet.set(Tag(0x0009, 0x1004), .SV, number: -5)
        #expect(
            Self.json(dataSet) == """
                {"00091001":{"vr":"FD","Value":[0.1,"NaN","inf","-inf"]},"00091002":{"vr":"FL","Value":[0.1]},\
                "00091003":{"vr":"UV","Value":["18446744073709551615"]},"00091004":{"vr":"SV","Value":[-5]}}
                """)
    }

    @Test func largeValuesAndPixelDataStandElsewhere() {
        var icon = DataSet()
        icon.set(.pixelData, .OW, bytes: [1, 2])
        var dataSet = DataSet([
            DataElement(.pixelData, .OW, .deferred(offset: 0, length: 4)),
            DataElement(Tag(0x0010, 0), .UL, .bytes([1, 0, 0, 0])),
        ])
        dataSet.set(.iconImageSequence, items: [icon])
        dataSet.set(Tag(0x0009, 0x1001), .UN, bytes: [1, 2, 3, 4])
        #expect(
            Self.json(dataSet, limit: 2) == """
                {"00091001":{"vr":"UN","BulkDataURI":"/bulk/00091001"},\
                "00880200":{"vr":"SQ","Value":[{"7FE00010":{"vr":"OW","BulkDataURI":"/bulk/00880200.1.7FE00010"}}]},\
                "7FE00010":{"vr":"OW","BulkDataURI":"/bulk/7FE00010"}}
                """)
        let path = dataSet.element(at: "00880200.1.7FE00010")
        #expect(path?.element.value == .bytes([1, 2]))
        for wrong in [
            "", "00880200.0.7FE00010", "00880200.2.7FE00010", "00880200.1", "7FE00010.1.7FE00010", "x",
            "00880200.-1.7FE00010",
        ] {
            #expect(dataSet.element(at: wrong) == nil)
        }
    }

    @Test func whatIsWrittenReadsBackTheSame() throws {
        var item = DataSet()
        item.set(.codeMeaning, text: "x")
        var dataSet = DataSet()
        dataSet.set(.specificCharacterSet, text: "ISO_IR 192")
        dataSet.set(.imageType, text: "ORIGINAL", "", "AXIAL")
        dataSet.set(.accessionNumber, text: "")
        dataSet.set(.patientName, text: "Æ^B=山田")
        dataSet.set(.rows, number: 512)
        dataSet.set(.frameIncrementPointer, .AT, bytes: [0x18, 0, 0x63, 0x10])
        dataSet.set(.rescaleSlope, text: "1.5")
        dataSet.set(.procedureCodeSequence, items: [item, DataSet()])
        dataSet.set(Tag(0x0009, 0x1001), .OB, bytes: [1, 2, 3, 4, 5, 6])
        dataSet.set(Tag(0x0009, 0x1003), .UV, bytes: [UInt8](repeating: 0xFF, count: 8))
        dataSet.set(Tag(0x0009, 0x1004), .SL, number: -5)
        dataSet.set(Tag(0x0009, 0x1005), .FD, real: [0.1, -.infinity])
        let json = DICOMJSON.encode(dataSet) { $0 }
        #expect(try DICOMJSON.decode(json) == dataSet)
        #expect(try DICOMJSON.decodeList([0x5B] + json + [0x5D]) == [dataSet])
        for length in 0..<json.count {
            #expect(throws: DICOMError.self) { try DICOMJSON.decode(Array(json[..<length])) }
        }
    }

    @Test func bulkDataIsFetchedOrLeftOut() throws {
        let json = Array(
            #"{"7FE00010":{"vr":"OW","BulkDataURI":"/x"},"00100020":{"vr":"LO","Value":["\u00e9\ud83d\ude00"]}}"#.utf8)
        #expect(try DICOMJSON.decode(json).elements.map(\.tag) == [.specificCharacterSet, .patientID])
        #expect(try DICOMJSON.decode(json).string(.patientID) == "é😀")
        #expect(try DICOMJSON.decode(json) { _ in .bytes([1, 2]) }.bytes(.pixelData) == [1, 2])
    }

    @Test func textOfAnItemBeyondASCIIIsDeclaredToo() throws {
        let json = Array(#"{"00081032":{"vr":"SQ","Value":[{"00080104":{"vr":"LO","Value":["é"]}}]}}"#.utf8)
        #expect(try DICOMJSON.decode(json).string(.specificCharacterSet) == "ISO_IR 192")
    }

    @Test(arguments: [
        "", "[]", "null", "{", "{}x", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"00100020":{"vr":"ZZ"}}"#,
        #"{"00280010":{"vr":"US","Value":[70000]}}"#, #"{"00280010":{"vr":"US","Value":["x"]}}"#,
        #"{"00100020":{"vr":"LO","Value":["\ud800"]}}"#, #"{"00100020":{"vr":"LO","Value":["\x"]}}"#,
        #"{"00091001":{"vr":"OB","InlineBinary":"A"}}"#, #"{"00091001":{"vr":"OB","InlineBinary":"===="}}"#,
        #"{"00081032":{"vr":"SQ","Value":[1]}}"#, #"{"00100020":{"vr":"LO","Value":[01]}}"#,
    ])
    func nonsenseIsRefused(json: String) {
        #expect(throws: DICOMError.self) { try DICOMJSON.decode(Array(json.utf8)) }
    }

    @Test func depthIsBounded() {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: DICOMError.self) { try DICOMJSON.decode(deep) }
    }
}
