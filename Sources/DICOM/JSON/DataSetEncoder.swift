/// Writes a data set as JSON text.
struct DataSetEncoder {
    let inlineLimit: Int
    let bulkDataURI: (String) -> String?
    private(set) var json: [UInt8] = []

    init(inlineLimit: Int, bulkDataURI: @escaping (String) -> String?) {
        (self.inlineLimit, self.bulkDataURI) = (inlineLimit, bulkDataURI)
        json.reserveCapacity(16 * 1024)
    }

    /// - Parameter path: of the item that `dataSet` is, with a dot behind it; empty for a whole data set.
    mutating func append(_ dataSet: DataSet, path: String) {
        json.append(UInt8(ascii: "{"))
        var isFirst = true
        for element in dataSet.elements where !element.tag.isGroupLength {
            json.append(contentsOf: isFirst ? #"""# : #",""#)
            isFirst = false
            json.append(hex: element.tag)
            json.append(contentsOf: #"":{"vr":""#)
            json.append(contentsOf: element.vr.rawValue)
            json.append(UInt8(ascii: "\""))
            append(element, of: dataSet, path: path)
            json.append(UInt8(ascii: "}"))
        }
        json.append(UInt8(ascii: "}"))
    }

    private mutating func append(_ element: DataElement, of dataSet: DataSet, path: String) {
        guard !element.isEmpty else { return }
        switch element.value {
        case .items(let items): append(items, at: path + element.tag.hex)
        case .deferred, .fragments: appendURI(of: element, path)
        case .bytes(let bytes):
            let isBulk = element.tag.isPixelData || element.vr.isBinary && bytes.count > inlineLimit
            if isBulk, appendURI(of: element, path) { return }
            append(bytes, element, dataSet.characterSet)
        }
    }

    @discardableResult
    private mutating func appendURI(of element: DataElement, _ path: String) -> Bool {
        guard let uri = bulkDataURI(path + element.tag.hex) else { return false }
        json.append(contentsOf: #","BulkDataURI":"#)
        json.append(quoted: Array(uri.utf8)[...])
        return true
    }

    private mutating func append(_ items: [DataSet], at path: String) {
        json.append(contentsOf: #","Value":["#)
        for (index, item) in items.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            append(item, path: "\(path).\(index + 1).")
        }
        json.append(UInt8(ascii: "]"))
    }

    private mutating func append(_ bytes: [UInt8], _ element: DataElement, _ characterSet: SpecificCharacterSet) {
        let vr = element.vr
        if vr.isBinary {
            json.append(contentsOf: #","InlineBinary":""#)
            Base64.append(bytes, to: &json)
            json.append(UInt8(ascii: "\""))
        } else if element.tag == .specificCharacterSet {
            json.append(contentsOf: #","Value":["ISO_IR 192"]"#)
        } else if vr.isText {
            append(texts: characterSet.utf8Values(of: bytes, vr), vr)
        } else {
            append(numbers: bytes, vr)
        }
    }

    private mutating func append(texts: [ArraySlice<UInt8>], _ vr: VR) {
        guard texts.count > 1 || texts.first?.isEmpty == false else { return }
        json.append(contentsOf: #","Value":["#)
        for (index, text) in texts.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            if text.isEmpty {
                json.append(contentsOf: "null")
            } else if vr == .PN {
                append(name: text)
            } else if vr == .DS || vr == .IS, let number = DecimalToken.number(text) {
                json.append(contentsOf: number)
            } else {
                json.append(quoted: text)
            }
        }
        json.append(UInt8(ascii: "]"))
    }

    /// PS3.18 §F.2.2: an object with the groups of the name that there are; null without any.
    private mutating func append(name: ArraySlice<UInt8>) {
        let groups = name.split(separator: UInt8(ascii: "="), maxSplits: 3, omittingEmptySubsequences: false)
        var prefix = "{"
        for (group, key) in zip(groups, ["Alphabetic", "Ideographic", "Phonetic"]) {
            let text = SpecificCharacterSet.trimmed(group, .PN)
            if text.isEmpty { continue }
            json.append(contentsOf: prefix + "\"\(key)\":")
            json.append(quoted: text)
            prefix = ","
        }
        json.append(contentsOf: prefix == "{" ? "null" : "}")
    }

    private mutating func append(numbers bytes: [UInt8], _ vr: VR) {
        let texts: [String] =
            switch vr {
            case .AT: Numbers.tags(bytes).map { "\"\($0.hex)\"" }
            case .FL: Numbers.words(bytes, UInt32.self) { Self.json(Float(bitPattern: $0)) }
            case .FD: Numbers.words(bytes, UInt64.self) { Self.json(Double(bitPattern: $0)) }
            default: Numbers.integers(bytes, vr).map(Self.json)
            }
        guard !texts.isEmpty else { return }
        json.append(contentsOf: #","Value":["#)
        for (index, text) in texts.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json.append(contentsOf: text)
        }
        json.append(UInt8(ascii: "]"))
    }

    /// The shortest decimal number that reads back the same.
    private static func json(_ number: some BinaryFloatingPoint & CustomStringConvertible) -> String {
        if number.isFinite { return number.description }
        return number.isNaN ? "\"NaN\"" : number < 0 ? "\"-inf\"" : "\"inf\""
    }

    /// Readers of JSON keep 53 bits; a larger number is text.
    private static func json(_ number: Int128) -> String {
        let exact = Int128(1) << 53
        return (-exact...exact).contains(number) ? "\(Int(number))" : "\"\(number)\""
    }
}
