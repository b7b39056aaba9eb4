/// The attributes and UIDs that PS3.6 registers.
package enum DataDictionary {
    /// The VR of an attribute; of several that PS3.6 allows, the one that is right most often.
    ///
    /// - Returns: nil when it is unknown; private creators and group lengths are known.
    /// - Complexity: O(log n) in the 5,000 attributes.
    package static func vr(of tag: Tag) -> VR? {
        definition(of: tag)?.usual
    }

    /// The keyword of an attribute, such as `PatientName`.
    package static func keyword(of tag: Tag) -> String? {
        guard let entry = entry(of: tag) else { return nil }
        return String(decoding: keyword(at: entry), as: UTF8.self)
    }

    /// The attribute of a keyword; for a repeating group, the one of its first group.
    package static func tag(keyword: String) -> Tag? {
        let wanted = Array(keyword.utf8)
        var (low, high) = (0, AttributeTable.byKeyword.count)
        while low < high {
            let middle = (low &+ high) / 2
            let entry = AttributeTable.entries[Int(AttributeTable.byKeyword[middle])]
            let found = Self.keyword(at: entry)
            if found.elementsEqual(wanted) { return Tag(code: UInt32(truncatingIfNeeded: entry >> 32)) }
            if found.lexicographicallyPrecedes(wanted) { low = middle &+ 1 } else { high = middle }
        }
        return nil
    }

    /// The name of a SOP Class or transfer syntax.
    package static func name(ofUID uid: String) -> String? {
        RegisteredUIDs.names[uid]
    }

    /// The SOP Classes of the Storage Service, retired ones included (PS3.4 Annex B).
    package static let storageSOPClasses: Set<String> = RegisteredUIDs.storage
}

extension DataDictionary {
    /// What PS3.6 says of an attribute's VR.
    enum Definition {
        case one(VR)
        case numbersBySign  // US or SS: as Pixel Representation says
        case words  // OB or OW: OW in implicit syntaxes (PS3.5 §A.1)
        case lookUpTable  // US or OW, US or SS or OW

        var usual: VR {
            switch self {
            case .one(let vr): vr
            case .numbersBySign: .US
            case .words, .lookUpTable: .OW
            }
        }
    }

    static func definition(of tag: Tag) -> Definition? {
        if tag.isPrivate { return tag.isPrivateCreator ? .one(.LO) : nil }
        guard let entry = entry(of: tag) else { return tag.isGroupLength ? .one(.UL) : nil }
        switch UInt8(truncatingIfNeeded: entry >> 24) {
        case 34: return .numbersBySign
        case 35: return .words
        case 36, 37: return .lookUpTable
        case let number: return number < vrs.count ? .one(vrs[Int(number)]) : nil
        }
    }

    private static let vrs = VR.allCases

    private static func entry(of tag: Tag) -> UInt64? {
        if tag.isPrivate { return nil }
        if let exact = entry(code: tag.code) { return exact }
        guard let group = AttributeTable.repeating.first(where: { tag.code & $0.mask == $0.value }) else { return nil }
        return entry(code: group.value)
    }

    private static func entry(code: UInt32) -> UInt64? {
        let entries = AttributeTable.entries
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low &+ high) / 2
            let found = UInt32(truncatingIfNeeded: entries[middle] >> 32)
            if found == code { return entries[middle] }
            if found < code { low = middle &+ 1 } else { high = middle }
        }
        return nil
    }

    /// The line of the keywords where the entry points to.
    private static func keyword(at entry: UInt64) -> Slice<UnsafeBufferPointer<UInt8>> {
        let text = AttributeTable.keywords
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        let start = Int(entry & 0xFF_FFFF)
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        return bytes[start..<end]
    }
}
