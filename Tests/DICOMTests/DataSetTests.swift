import Testing

@testable import DICOM

struct DataSetTests {
    @Test func elementsAreSetReplacedAndRemoved() {
        var dataSet = DataSet()
        dataSet.set(.patientID, text: "1")
        dataSet.set(.patientName, text: "A^B")
        dataSet.set(.patientID, text: "2")
        #expect(dataSet.elements.map(\.tag) == [.patientName, .patientID])
        #expect(dataSet.string(.patientID) == "2")
        dataSet.remove(.patientName)
        dataSet.remove(.patientName)
        #expect(dataSet[.patientName] == nil && !dataSet.isEmpty)
    }

    @Test func numbersAreReadFromBinaryAndDecimalVRs() {
        var dataSet = DataSet()
        dataSet.set(.rows, number: 512)
        dataSet.set(.windowCenter, text: "40.5", "-1e2")
        dataSet.set(.numberOfFrames, text: " 12 ")
        dataSet.set(.instanceNumber, text: "x")
        dataSet.set(.recommendedDisplayFrameRate, text: "25.0")
        dataSet.set(Tag(0x0009, 0x1001), .SS, number: -3, 4)
        #expect(dataSet.int(.rows) == 512 && dataSet.string(.rows) == "512" && dataSet.double(.rows) == 512)
        #expect(dataSet.doubles(.windowCenter) == [40.5, -100] && dataSet.int(.windowCenter) == nil)
        #expect(dataSet.int(.numberOfFrames) == 12 && dataSet.int(.instanceNumber) == nil)
        #expect(dataSet.int(.recommendedDisplayFrameRate) == 25)
        #expect(dataSet.ints(Tag(0x0009, 0x1001)) == [-3, 4])
        #expect(dataSet.int(.columns) == nil && dataSet.doubles(.columns).isEmpty)
    }

    @Test(arguments: ["", "nan", "inf", "0x10", "1_000", "99999999999999999999999", "1e400"])
    func whatIsNoNumberIsNone(text: String) {
        var dataSet = DataSet()
        dataSet.set(.instanceNumber, text: text)
        #expect(dataSet.int(.instanceNumber) == nil)
    }

    @Test func anEmptyValueIsNone() {
        var dataSet = DataSet()
        dataSet.set(.patientID, text: "")
        dataSet.set(.patientName, text: "  ")
        #expect(dataSet.string(.patientID) == nil && dataSet.string(.patientName) == nil)
        #expect(dataSet.strings(.patientID).isEmpty && dataSet[.patientID]?.isEmpty == true)
    }

    @Test func aMalformedUIDIsNone() {
        var dataSet = DataSet()
        dataSet.set(.studyInstanceUID, text: "../1")
        dataSet.set(.seriesInstanceUID, text: "1.2.3")
        #expect(dataSet.uid(.studyInstanceUID) == nil && dataSet.uid(.seriesInstanceUID)?.text == "1.2.3")
    }

    @Test func textThatHasNoPlaceTurnsTheDataSetIntoUTF8() {
        var item = DataSet()
        item.set(.codeMeaning, .LO, bytes: [0xE9, 0x20])
        var dataSet = DataSet()
        dataSet.set(.specificCharacterSet, text: "ISO_IR 100")
        dataSet.set(.patientComments, .LT, bytes: [0xE8, 0x20])
        dataSet.set(.procedureCodeSequence, items: [DataSet(item.elements, characterSet: dataSet.characterSet)])
        dataSet.set(.institutionName, text: "Hôpital")
        #expect(dataSet.bytes(.institutionName) == Array("H".utf8) + [0xF4] + Array("pital ".utf8))
        dataSet.set(.patientName, text: "Łukasz")
        #expect(dataSet.string(.specificCharacterSet) == "ISO_IR 192")
        #expect(dataSet.string(.patientName) == "Łukasz" && dataSet.string(.institutionName) == "Hôpital")
        #expect(dataSet.string(.patientComments) == "è")
        #expect(dataSet.items(.procedureCodeSequence).first?.string(.codeMeaning) == "é")
    }

    @Test func aPersonNameHasGroupsAndComponents() {
        let name = PersonName("Adams^John Robert^^Rev.=亚当 ")
        #expect(name.alphabetic == "Adams^John Robert^^Rev." && name.ideographic == "亚当" && name.phonetic.isEmpty)
        #expect(name.components == ["Adams", "John Robert", "", "Rev.", ""])
        #expect(name.text == "Adams^John Robert^^Rev.=亚当")
        #expect(PersonName("").isEmpty && PersonName("==").isEmpty && PersonName("A=B=C=D").phonetic == "C")
    }
}
