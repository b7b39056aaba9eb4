/// Values that DICOM JSON and the Native DICOM Model spell out, as they stand in a data set.
enum TextValues {
    /// Text in UTF-8, the values joined and padded.
    static func bytes(_ texts: [String], _ vr: VR) -> [UInt8] {
        let bytes = Array(texts.joined(separator: "\\").utf8)
        return bytes.count % 2 == 0 ? bytes : bytes + [vr.padding]
    }

    /// One number, or one tag, in little endian; nil for what is none of this VR.
    static func bytes(ofNumber text: String, _ vr: VR) -> [UInt8]? {
        guard let bits = bits(text, vr) else { return nil }
        let length = vr == .AT ? 4 : vr.wordLength
        return (0..<length).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
    }

    private static func bits(_ text: String, _ vr: VR) -> UInt64? {
        switch vr {
        case .AT: Tag(hex: text).map { UInt64($0.code << 16 | $0.code >> 16) }
        case .FL: Float(text).map { UInt64($0.bitPattern) }
        case .FD: Double(text)?.bitPattern
        case .US: UInt16(text).map { UInt64($0) }
        case .SS: Int16(text).map { UInt64(bitPattern: Int64($0)) }
        case .UL: UInt32(text).map { UInt64($0) }
        case .SL: Int32(text).map { UInt64(bitPattern: Int64($0)) }
        case .UV: UInt64(text)
        case .SV: Int64(text).map { UInt64(bitPattern: $0) }
        default: nil
        }
    }
}

extension DataSet {
    /// Takes elements whose text is in UTF-8, and lets (0008,0005) say so where it is there or needed.
    init(utf8 elements: [DataElement]) {
        var elements = elements
        let says = elements.contains { $0.tag == .specificCharacterSet }
        elements.removeAll { $0.tag == .specificCharacterSet }
        if says || elements.contains(where: \.hasWideText) {
            elements.append(DataElement(.specificCharacterSet, .CS, .bytes(Array("ISO_IR 192".utf8))))
        }
        self.init(elements, characterSet: .utf8)
    }
}

extension DataElement {
    fileprivate var hasWideText: Bool {
        switch value {
        case .bytes(let bytes): vr.usesCharacterSet && bytes.contains { $0 >= 0x80 }
        case .items(let items): items.contains { $0.elements.contains(where: \.hasWideText) }
        case .deferred, .fragments: false
        }
    }
}
