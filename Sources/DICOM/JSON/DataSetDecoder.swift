/// Makes data sets of JSON values.
struct DataSetDecoder {
    let bulkData: BulkDataReference.Resolution

    /// - Parameter path: of the item that is read, with a dot behind it; empty for a whole data set.
    func dataSet(_ members: [(key: String, value: JSONValue)], path: String = "") throws -> DataSet {
        var elements: [DataElement] = []
        for (key, value) in members {
            guard let tag = Tag(hex: key), !tag.isGroupLength, case .object(let parts) = value else { continue }
            if let element = try element(tag, parts, path: path + tag.hex) { elements.append(element) }
        }
        return DataSet(utf8: elements)
    }

    private func element(_ tag: Tag, _ parts: [(key: String, value: JSONValue)], path: String) throws -> DataElement? {
        var (vr, value) = (DataDictionary.vr(of: tag) ?? .UN, Value.bytes([]))
        for case ("vr", .string(let letters)) in parts {
            guard let known = VR(rawValue: letters) else { throw DICOMError.notEncodable(tag, "its VR is unknown") }
            vr = known
        }
        if vr == .SQ { value = .items([]) }
        for part in parts {
            switch part {
            case ("Value", .array(let values)): value = try self.value(values, tag, vr, path)
            case ("InlineBinary", .string(let text)):
                guard let bytes = Base64.decode(text) else { throw DICOMError.notEncodable(tag, "no Base64") }
                value = .bytes(bytes)
            case ("BulkDataURI", .string(let uri)):
                let reference = BulkDataReference(path: path, tag: tag, vr: vr, uri: uri)
                guard let found = try bulkData(reference) else { return nil }
                value = found
            default: continue
            }
        }
        return DataElement(tag, vr, value)
    }

    private func value(_ values: [JSONValue], _ tag: Tag, _ vr: VR, _ path: String) throws -> Value {
        if vr == .SQ {
            return .items(try values.enumerated().map { try item($1, tag, path: "\(path).\($0 + 1).") })
        }
        if vr.isText { return .bytes(TextValues.bytes(try values.map { try text($0, tag) }, vr)) }
        return .bytes(try values.flatMap { try number($0, tag, vr) })
    }

    private func item(_ value: JSONValue, _ tag: Tag, path: String) throws -> DataSet {
        switch value {
        case .null: return DataSet([], characterSet: .utf8)
        case .object(let members):
            var item = try dataSet(members, path: path)
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

    private func number(_ value: JSONValue, _ tag: Tag, _ vr: VR) throws -> [UInt8] {
        switch value {
        case .string(let text), .number(let text):
            if let bytes = TextValues.bytes(ofNumber: text, vr) { return bytes }
        default: break
        }
        throw DICOMError.notEncodable(tag, "a value is no number")
    }
}
