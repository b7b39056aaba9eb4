/// Makes data sets of JSON values.
struct DataSetDecoder {
    let bulkData: (String) throws -> [UInt8]?

    func dataSet(_ members: [(key: String, value: JSONValue)]) throws -> DataSet {
        var elements: [DataElement] = []
        for (key, value) in members {
            guard let tag = Tag(hex: key), !tag.isGroupLength, case .object(let parts) = value else { continue }
            if let element = try element(tag, parts) { elements.append(element) }
        }
        let says = elements.contains { $0.tag == .specificCharacterSet }
        elements.removeAll { $0.tag == .specificCharacterSet }
        if says || elements.contains(where: hasWideText) {
            elements.append(DataElement(.specificCharacterSet, .CS, .bytes(Array("ISO_IR 192".utf8))))
        }
        return DataSet(elements, characterSet: .utf8)
    }

    private func hasWideText(_ element: DataElement) -> Bool {
        guard element.vr.usesCharacterSet, case .bytes(let bytes) = element.value else { return false }
        return bytes.contains { $0 >= 0x80 }
    }

    private func element(_ tag: Tag, _ parts: [(key: String, value: JSONValue)]) throws -> DataElement? {
        var (vr, value) = (DataDictionary.vr(of: tag) ?? .UN, Value.bytes([]))
        for case ("vr", .string(let letters)) in parts {
            guard let known = VR(rawValue: letters) else { throw DICOMError.notEncodable(tag, "its VR is unknown") }
            vr = known
        }
        if vr == .SQ { value = .items([]) }
        for part in parts {
            switch part {
            case ("Value", .array(let values)): value = try self.value(values, tag, vr)
            case ("InlineBinary", .string(let text)):
                guard let bytes = Base64.decode(text) else { throw DICOMError.notEncodable(tag, "no Base64") }
                value = .bytes(bytes)
            case ("BulkDataURI", .string(let uri)):
                guard let bytes = try bulkData(uri) else { return nil }
                value = .bytes(bytes)
            default: continue
            }
        }
        return DataElement(tag, vr, value)
    }

    private func value(_ values: [JSONValue], _ tag: Tag, _ vr: VR) throws -> Value {
        if vr == .SQ { return .items(try values.map { try item($0, tag) }) }
        if vr.isText {
            let text = try values.map { try self.text($0, tag) }.joined(separator: "\\")
            let bytes = Array(text.utf8)
            return .bytes(bytes.count % 2 == 0 ? bytes : bytes + [vr.padding])
        }
        return .bytes(try values.flatMap { try bytes($0, tag, vr) })
    }

    private func item(_ value: JSONValue, _ tag: Tag) throws -> DataSet {
        switch value {
        case .null: return DataSet([], characterSet: .utf8)
        case .object(let members):
            var item = try dataSet(members)
            item.remove(.specificCharacterSet)  // the data set around it says the same
            return item
        default: throw DICOMError.notEncodable(tag, "an item is no object")
        }
    }

    private func text(_ value: JSONValue, _ tag: Tag) throws -> String {
        switch value {
        case .null: return ""
        case .string(let text), .number(let text): return text
        case .object(let members):
            var name = PersonName()
            for case (let key, .string(let text)) in members {
                switch key {
                case "Alphabetic": name.alphabetic = text
                case "Ideographic": name.ideographic = text
                case "Phonetic": name.phonetic = text
                default: continue
                }
            }
            return name.text
        default: throw DICOMError.notEncodable(tag, "a value is no text")
        }
    }

    /// One number, or one tag, in little endian.
    private func bytes(_ value: JSONValue, _ tag: Tag, _ vr: VR) throws -> [UInt8] {
        guard let bits = bits(value, vr) else { throw DICOMError.notEncodable(tag, "a value is no number") }
        let length = vr == .AT ? 4 : vr.wordLength
        return (0..<length).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
    }

    private func bits(_ value: JSONValue, _ vr: VR) -> UInt64? {
        let text: String
        switch value {
        case .string(let string), .number(let string): text = string
        default: return nil
        }
        switch vr {
        case .AT: return Tag(hex: text).map { UInt64($0.code << 16 | $0.code >> 16) }
        case .FL: return Float(text).map { UInt64($0.bitPattern) }
        case .FD: return Double(text)?.bitPattern
        case .US: return UInt16(text).map { UInt64($0) }
        case .SS: return Int16(text).map { UInt64(bitPattern: Int64($0)) }
        case .UL: return UInt32(text).map { UInt64($0) }
        case .SL: return Int32(text).map { UInt64(bitPattern: Int64($0)) }
        case .UV: return UInt64(text)
        case .SV: return Int64(text).map { UInt64(bitPattern: $0) }
        default: return nil
        }
    }
}
