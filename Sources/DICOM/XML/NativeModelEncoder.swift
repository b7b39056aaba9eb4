/// Writes a data set as XML of the Native DICOM Model.
struct NativeModelEncoder {
    let inlineLimit: Int
    let bulkDataURI: (String) -> String?
    private(set) var xml: [UInt8] = []

    init(inlineLimit: Int, bulkDataURI: @escaping (String) -> String?) {
        (self.inlineLimit, self.bulkDataURI) = (inlineLimit, bulkDataURI)
        xml.reserveCapacity(32 * 1024)
    }

    mutating func appendDocument(_ dataSet: DataSet) {
        xml.append(contentsOf: #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n")
        xml.append(contentsOf: #"<NativeDicomModel xmlns="\#(NativeDICOMModel.namespace)" xml:space="preserve">"#)
        append(dataSet, path: "")
        xml.append(contentsOf: "</NativeDicomModel>\n")
    }

    /// - Parameter path: of the item that `dataSet` is, with a dot behind it; empty for a whole data set.
    private mutating func append(_ dataSet: DataSet, path: String) {
        for element in dataSet.elements where !element.tag.isGroupLength {
            xml.append(contentsOf: #"<DicomAttribute tag=""#)
            xml.append(hex: element.tag)
            xml.append(contentsOf: #"" vr="\#(element.vr.rawValue)""#)
            if let keyword = element.tag.keyword { xml.append(contentsOf: #" keyword="\#(keyword)""#) }
            if let creator = dataSet.privateCreator(of: element.tag) { append(attribute: "privateCreator", creator) }
            xml.append(UInt8(ascii: ">"))
            appendValue(of: element, in: dataSet, path: path)
            xml.append(contentsOf: "</DicomAttribute>")
        }
    }

    private mutating func append(attribute name: String, _ value: String) {
        xml.append(contentsOf: " \(name)=\"")
        xml.append(xmlText: Array(value.utf8)[...])
        xml.append(UInt8(ascii: "\""))
    }

    private mutating func appendValue(of element: DataElement, in dataSet: DataSet, path: String) {
        guard !element.isEmpty else { return }
        switch element.value {
        case .items(let items): append(items, at: path + element.tag.hex)
        case .deferred, .fragments: appendBulkData(element, path)
        case .bytes(let bytes):
            let isBulk = element.tag.isPixelData || element.vr.isBinary && bytes.count > inlineLimit
            if isBulk, appendBulkData(element, path) { return }
            append(bytes, element, dataSet.characterSet)
        }
    }

    @discardableResult
    private mutating func appendBulkData(_ element: DataElement, _ path: String) -> Bool {
        guard let uri = bulkDataURI(path + element.tag.hex) else { return false }
        xml.append(contentsOf: "<BulkData")
        append(attribute: "uri", uri)
        xml.append(contentsOf: "></BulkData>")
        return true
    }

    private mutating func append(_ items: [DataSet], at path: String) {
        for (index, item) in items.enumerated() {
            append(name: "Item", number: index + 1)
            append(item, path: "\(path).\(index + 1).")
            xml.append(contentsOf: "</Item>")
        }
    }

    private mutating func append(name: String, number: Int) {
        xml.append(contentsOf: "<\(name) number=\"\(number)\">")
    }

    private mutating func append(_ bytes: [UInt8], _ element: DataElement, _ characterSet: SpecificCharacterSet) {
        let vr = element.vr
        if vr.isBinary {
            xml.append(contentsOf: "<InlineBinary>")
            Base64.append(bytes, to: &xml)
            xml.append(contentsOf: "</InlineBinary>")
        } else if element.tag == .specificCharacterSet {
            append(texts: ["ISO_IR 192"])
        } else if vr == .PN {
            append(names: characterSet.utf8Values(of: bytes, vr))
        } else if vr.isText {
            append(texts: characterSet.values(of: bytes, vr))
        } else {
            append(texts: Numbers.texts(bytes, vr))
        }
    }

    private mutating func append(texts: [String]) {
        guard texts != [""] else { return }
        for (index, text) in texts.enumerated() {
            append(name: "Value", number: index + 1)
            xml.append(xmlText: Array(text.utf8)[...])
            xml.append(contentsOf: "</Value>")
        }
    }
}

extension NativeModelEncoder {
    private mutating func append(names: [ArraySlice<UInt8>]) {
        guard names.count > 1 || names.first?.isEmpty == false else { return }
        for (index, name) in names.enumerated() {
            append(name: "PersonName", number: index + 1)
            let groups = name.split(separator: UInt8(ascii: "="), maxSplits: 3, omittingEmptySubsequences: false)
            for (group, key) in zip(groups, PersonName.groupNames) {
                append(group: SpecificCharacterSet.trimmed(group, .PN), key)
            }
            xml.append(contentsOf: "</PersonName>")
        }
    }

    /// Components that are empty stay, so that the name reads back the same.
    private mutating func append(group: ArraySlice<UInt8>, _ key: String) {
        guard !group.isEmpty else { return }
        xml.append(contentsOf: "<\(key)>")
        let components = group.split(separator: UInt8(ascii: "^"), maxSplits: 4, omittingEmptySubsequences: false)
        for (component, key) in zip(components, PersonName.componentNames) {
            xml.append(contentsOf: "<\(key)>")
            xml.append(xmlText: component)
            xml.append(contentsOf: "</\(key)>")
        }
        xml.append(contentsOf: "</\(key)>")
    }
}

extension PersonName {
    /// The elements of PS3.19 Table A.1.5-2, in the order of PS3.5 §6.2.1.
    static let groupNames = ["Alphabetic", "Ideographic", "Phonetic"]
    static let componentNames = ["FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix"]
}

extension DataSet {
    /// Who claimed the block of a private attribute (PS3.5 §7.8.1); nil for others.
    func privateCreator(of tag: Tag) -> String? {
        guard tag.isPrivate, tag.element >= 0x1000 else { return nil }
        return string(Tag(tag.group, tag.element >> 8))
    }
}
