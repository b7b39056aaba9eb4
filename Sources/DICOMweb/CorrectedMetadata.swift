import DICOM

extension PatientCorrection {
    /// The same as of a data set, of its DICOM JSON, whose other attributes stay as their text has them.
    ///
    /// - Parameter object: as ``DICOMJSON/encode(_:inlineLimit:bulkDataURI:)`` writes it.
    /// - Complexity: O(n log n) in the number of attributes.
    package func applied(toJSON object: [UInt8]) -> [UInt8] {
        var values = Self.members(of: object)
        var former: [Tag: ArraySlice<UInt8>] = [:]
        for element in identity.elements {
            let new = Self.value(element)
            let old = values[element.tag] ?? Self.value(DataElement(element.tag, element.vr, .bytes([])))
            guard old != new else { continue }
            former[element.tag] = old
            values[element.tag] = identity.keeps(element) ? new : nil
            // Such text has turned the data set into UTF-8, if it was in nothing that could express it.
            if new.contains(where: { $0 >= 0x80 }) { values[.specificCharacterSet] = Self.utf8 }
        }
        guard !former.isEmpty else { return object }
        values[.originalAttributesSequence] = Self.sequence(values[.originalAttributesSequence], and: item(former))
        return Self.object(values)
    }

    private static let utf8 = Array(#"{"vr":"CS","Value":["ISO_IR 192"]}"#.utf8)[...]

    private func item(_ former: [Tag: ArraySlice<UInt8>]) -> [UInt8] {
        var values = Self.members(of: DICOMJSON.encode(item) { _ in nil })
        values[.modifiedAttributesSequence] = Self.sequence(nil, and: Self.object(former))
        return Self.object(values)
    }

    private static func value(_ element: DataElement) -> ArraySlice<UInt8> {
        var alone = DataSet()
        alone.convertToUTF8()
        alone.set(element)
        return members(of: DICOMJSON.encode(alone) { _ in nil })[element.tag] ?? []
    }

    private static func members(of object: [UInt8]) -> [Tag: ArraySlice<UInt8>] {
        var values: [Tag: ArraySlice<UInt8>] = [:]
        for member in AttributeText(bytes: object).members {
            if let tag = Tag(hex: String(decoding: member.tag, as: UTF8.self)) { values[tag] = member.value }
        }
        return values
    }

    /// A sequence with one item more.
    private static func sequence(_ value: ArraySlice<UInt8>?, and item: [UInt8]) -> ArraySlice<UInt8> {
        let (begin, end) = (Array(#"{"vr":"SQ","Value":["#.utf8), Array("]}".utf8))
        guard let value, value.starts(with: begin) else { return (begin + item + end)[...] }
        return (value.dropLast(end.count) + [UInt8(ascii: ",")] + item + end)[...]
    }

    private static func object(_ values: [Tag: ArraySlice<UInt8>]) -> [UInt8] {
        var json = [UInt8(ascii: "{")]
        for (tag, value) in values.sorted(by: { $0.key < $1.key }) {
            if json.count > 1 { json.append(UInt8(ascii: ",")) }
            json += Array("\"\(tag.hex)\":".utf8)
            json += value
        }
        return json + [UInt8(ascii: "}")]
    }
}
