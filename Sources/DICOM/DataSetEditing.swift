extension DataSet {
    /// Sets text, or numbers in decimal for DS and IS, in the VR of PS3.6.
    ///
    /// Text that the character set of the data set cannot express turns the whole data set into UTF-8.
    ///
    /// - Parameter vr: for attributes that PS3.6 does not know; LO when not given.
    package mutating func set(_ tag: Tag, _ vr: VR? = nil, text values: String...) {
        set(tag, vr, texts: values)
    }

    package mutating func set(_ tag: Tag, _ vr: VR? = nil, texts values: [String]) {
        let vr = vr ?? DataDictionary.vr(of: tag) ?? .LO
        let text = values.joined(separator: "\\")
        if vr.usesCharacterSet, characterSet.bytes(of: text) == nil { convertToUTF8() }
        let bytes = vr.usesCharacterSet ? characterSet.bytes(of: text) : nil
        set(DataElement(tag, vr, .bytes(Self.padded(bytes ?? Array(text.utf8), vr))))
    }

    /// Sets whole numbers in the binary VR of PS3.6 (or as IS and DS); bits that do not fit are lost.
    package mutating func set(_ tag: Tag, _ vr: VR? = nil, number values: Int...) {
        let vr = vr ?? DataDictionary.vr(of: tag) ?? .UL
        if vr.isText { return set(tag, vr, texts: values.map(String.init)) }
        if vr == .FL || vr == .FD { return set(tag, vr, real: values.map(Double.init)) }
        let bytes = values.flatMap { value in
            (0..<vr.wordLength).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        set(DataElement(tag, vr, .bytes(Self.padded(bytes, vr))))
    }

    /// Sets floating point numbers in FL or FD.
    package mutating func set(_ tag: Tag, _ vr: VR? = nil, real values: [Double]) {
        let vr = vr ?? DataDictionary.vr(of: tag) ?? .FD
        let bytes = values.flatMap { value in
            let bits = vr == .FL ? UInt64(Float(value).bitPattern) : value.bitPattern
            return (0..<vr.wordLength).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
        }
        set(DataElement(tag, vr, .bytes(bytes)))
    }

    /// Sets a sequence; text of `items` must be in the character set of this data set.
    package mutating func set(_ tag: Tag, items: [DataSet]) {
        set(DataElement(tag, .SQ, .items(items)))
    }

    /// Sets bytes that are in little endian already.
    package mutating func set(_ tag: Tag, _ vr: VR, bytes: [UInt8]) {
        set(DataElement(tag, vr, .bytes(Self.padded(bytes, vr))))
    }

    /// Writes all text in UTF-8 and says so in (0008,0005); values left in a source are not touched.
    package mutating func convertToUTF8() {
        for element in elements {
            if let converted = Self.converted(element, from: characterSet) { set(converted) }
        }
        set(DataElement(.specificCharacterSet, .CS, .bytes(Array("ISO_IR 192".utf8))))
    }

    private static func converted(_ element: DataElement, from characterSet: SpecificCharacterSet) -> DataElement? {
        switch element.value {
        case .bytes(let bytes) where element.vr.usesCharacterSet && !bytes.isEmpty:
            let text = characterSet.values(of: bytes, element.vr).joined(separator: "\\")
            return DataElement(element.tag, element.vr, .bytes(padded(Array(text.utf8), element.vr)))
        case .items(var items):
            for index in items.indices {
                items[index].convertToUTF8()
                items[index].remove(.specificCharacterSet)
            }
            var sequence = DataElement(element.tag, element.vr, .items(items))
            sequence.hasUndefinedLength = element.hasUndefinedLength
            return sequence
        default: return nil
        }
    }

    private static func padded(_ bytes: [UInt8], _ vr: VR) -> [UInt8] {
        bytes.count % 2 == 0 ? bytes : bytes + [vr.padding]
    }
}
