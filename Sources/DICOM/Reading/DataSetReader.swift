/// Reads data sets from a source, leaving large values there.
///
/// - SeeAlso: PS3.5 §7, Annex A.
struct DataSetReader {
    var cursor: SourceCursor
    let limits: ReadingLimits
    private var counted = 0
    private var kept = 0

    init(_ source: any ByteSource, at offset: Int, limits: ReadingLimits) {
        cursor = SourceCursor(source, at: offset)
        self.limits = limits
    }

    /// What the elements of one level share.
    struct Level {
        var encoding: ElementEncoding
        /// Where the data set, or what holds it, ends.
        var end: Int
        var depth = 0
        var characterSet = SpecificCharacterSet.ascii
        /// Pixel Representation, here or around: numbers of ambiguous VR are signed.
        var isSigned = false
    }

    /// Reads the data set of a file, to the end of the source.
    ///
    /// What stands behind Pixel Data and does not begin like an element is left alone, as are zeros that fill up a
    /// file, and elements of a message's or a file's head, which no data set has (PS3.5 §7.1).
    mutating func fileDataSet(
        _ encoding: ElementEncoding, assuming characterSet: SpecificCharacterSet
    ) throws -> DataSet {
        var level = Level(encoding: encoding, end: cursor.count, characterSet: characterSet)
        var elements: [DataElement] = []
        var isBehindPixelData = false
        while cursor.offset < cursor.count {
            if isBehindPixelData, try !beginsElement(level.encoding) { break }
            guard let element = try element(&level) else { continue }
            if element.tag.code == 0 || isBehindPixelData && element.tag <= elements[elements.count - 1].tag { break }
            if element.tag.group == 0 || element.tag.group == 2 { continue }
            elements.append(element)
            isBehindPixelData = isBehindPixelData || element.tag.isPixelData
        }
        return dataSet(elements, level)
    }

    /// Says whether what follows Pixel Data begins like an element: with a VR, or with a tag that may come there.
    private mutating func beginsElement(_ encoding: ElementEncoding) throws -> Bool {
        guard cursor.count - cursor.offset >= 8 else { return false }
        try cursor.require(8)
        let tag = cursor.tag(bigEndian: encoding.isBigEndian)
        if tag.group == Tag.item.group { return cursor.word32(4, bigEndian: encoding.isBigEndian) == 0 }
        guard encoding.isExplicit else { return tag > .pixelData && DataDictionary.vr(of: tag) != nil }
        return tag.code != 0 && VR(cursor.byte(4), cursor.byte(5)) != nil
    }

    /// Reads the elements of group 0002 at the cursor.
    ///
    /// - Parameter isLast: nothing of it follows; asked with what was read and the place behind.
    /// - Throws: ``DICOMError/malformed(_:offset:)`` for letters that are no VR: the length behind them could be
    ///   of either form, and all the rest depends on it.
    mutating func fileMeta(_ encoding: ElementEncoding, until isLast: ([DataElement], Int) -> Bool) throws -> DataSet {
        var level = Level(encoding: encoding, end: cursor.count)
        var elements: [DataElement] = []
        while cursor.count - cursor.offset >= 8, !isLast(elements, cursor.offset) {
            try cursor.require(2)
            guard cursor.word16(0, bigEndian: false) == 2 else { break }
            try cursor.require(8)
            guard !encoding.isExplicit || VR(cursor.byte(4), cursor.byte(5)) != nil else {
                throw DICOMError.malformed("an unknown VR in the File Meta Information", offset: cursor.offset)
            }
            if let element = try element(&level) { elements.append(element) }
        }
        return dataSet(elements, level)
    }

    private func dataSet(_ elements: [DataElement], _ level: Level) -> DataSet {
        var dataSet = DataSet(elements, characterSet: level.characterSet)
        dataSet.isSourceBigEndian = level.encoding.isBigEndian
        return dataSet
    }
}

extension DataSetReader {
    /// Reads one element; nil for a stray delimiter.
    private mutating func element(_ level: inout Level) throws -> DataElement? {
        let start = cursor.offset
        let header = try ElementHeader(&cursor, level.encoding)
        guard header.tag.group != Tag.item.group else {
            guard header.length == 0 else { throw DICOMError.malformed("an item outside a sequence", offset: start) }
            return nil
        }
        return try element(header, &level, start)
    }

    private mutating func element(_ header: ElementHeader, _ level: inout Level, _ start: Int) throws -> DataElement {
        try count(at: start)
        let vr = self.vr(of: header, level)
        if header.hasUndefinedLength { return try undefined(header, vr, level, start) }
        let length = Int(header.length)
        guard length <= level.end &- cursor.offset else { throw DICOMError.truncated(offset: start) }
        if vr == .SQ { return try sequence(header, length, level) }
        let isDeferred = header.tag.isPixelData && level.depth == 0 || !mayKeep(length, header.tag)
        guard !isDeferred else {
            let value = Value.deferred(offset: cursor.offset, length: length)
            cursor.skip(length)
            return DataElement(header.tag, vr, value)
        }
        var bytes = try cursor.take(length)
        kept &+= length
        if level.encoding.isBigEndian, header.vr != .UN { ByteOrder.swap(&bytes, wordLength: vr.wordLength) }
        note(header.tag, bytes, &level)
        return DataElement(header.tag, vr, .bytes(bytes))
    }

    private func mayKeep(_ length: Int, _ tag: Tag) -> Bool {
        let isOffsetTable = tag == .extendedOffsetTable || tag == .extendedOffsetTableLengths
        let limit = isOffsetTable ? limits.offsetTableLength : limits.valueLength
        return length <= limit && length <= limits.totalLength &- kept
    }

    /// Remembers what later elements of the level depend on.
    @inline(__always)
    private func note(_ tag: Tag, _ bytes: [UInt8], _ level: inout Level) {
        if tag == .specificCharacterSet {
            guard !bytes.isEmpty else { return }
            level.characterSet = SpecificCharacterSet(value: bytes).falling(backAs: level.characterSet)
        } else if tag == .pixelRepresentation {
            level.isSigned = bytes.first == 1
        }
    }

    private mutating func count(at offset: Int) throws {
        counted &+= 1
        guard counted <= limits.elementCount else { throw DICOMError.tooLarge("too many elements", offset: offset) }
    }

    /// The VR as written, else as PS3.6 has it.
    ///
    /// UN of an attribute that we know is read as what it is; when it is 64 KiB long or more, UN was needed to
    /// write it.
    private func vr(of header: ElementHeader, _ level: Level) -> VR {
        if let vr = header.vr, vr != .UN || header.length >= 0xFFFF { return vr }
        switch DataDictionary.definition(of: header.tag) {
        case .one(let vr): return vr
        case .numbersBySign: return level.isSigned ? .SS : .US
        case .words, .lookUpTable: return .OW
        case nil: return .UN
        }
    }
}

extension DataSetReader {
    /// A value that ends with a delimiter: fragments or items.
    private mutating func undefined(_ header: ElementHeader, _ vr: VR, _ level: Level, _ start: Int) throws
        -> DataElement
    {
        if header.tag.isPixelData || vr.isBinary && vr != .UN {
            return DataElement(header.tag, vr, .fragments(try fragments(level)))
        }
        guard level.depth < limits.depth else { throw DICOMError.tooLarge("sequences too deep", offset: start) }
        var inner = level
        // UN of undefined length is a sequence in implicit VR, whatever is around it (PS3.5 §6.2.2).
        if header.vr == .UN { inner.encoding = .implicitLittleEndian }
        var element = DataElement(header.tag, .SQ, .items(try items(inner, isDelimited: true)))
        element.hasUndefinedLength = true
        return element
    }

    /// A sequence of known length; when it was UN and is none after all, its bytes.
    private mutating func sequence(_ header: ElementHeader, _ length: Int, _ level: Level) throws -> DataElement {
        guard level.depth < limits.depth else {
            throw DICOMError.tooLarge("sequences too deep", offset: cursor.offset)
        }
        var inner = level
        inner.end = cursor.offset &+ length
        guard header.vr == .UN else {
            return DataElement(header.tag, .SQ, .items(try items(inner, isDelimited: false)))
        }
        let before = self
        inner.encoding = .implicitLittleEndian
        if let items = try? items(inner, isDelimited: false) { return DataElement(header.tag, .SQ, .items(items)) }
        self = before
        guard mayKeep(length, header.tag) else {
            defer { cursor.skip(length) }
            return DataElement(header.tag, .UN, .deferred(offset: cursor.offset, length: length))
        }
        return DataElement(header.tag, .UN, .bytes(try cursor.take(length)))
    }

    /// The items up to the end of `level`, or to a delimiter before it.
    private mutating func items(_ level: Level, isDelimited: Bool) throws -> [DataSet] {
        var items: [DataSet] = []
        while isDelimited || cursor.offset < level.end {
            let start = cursor.offset
            guard level.end &- start >= 8 else { throw DICOMError.truncated(offset: start) }
            let header = try ElementHeader(&cursor, level.encoding)
            if header.tag == .sequenceDelimiter {
                if isDelimited { return items }
                continue
            }
            guard header.tag == .item else { throw DICOMError.malformed("a sequence without items", offset: start) }
            try count(at: start)
            items.append(try item(header, level, start))
        }
        return items
    }

    private mutating func item(_ header: ElementHeader, _ outer: Level, _ start: Int) throws -> DataSet {
        var level = outer
        level.depth &+= 1
        if !header.hasUndefinedLength {
            guard Int(header.length) <= outer.end &- cursor.offset else { throw DICOMError.truncated(offset: start) }
            level.end = cursor.offset &+ Int(header.length)
        }
        if level.end &- cursor.offset >= 8 { level.encoding = try level.encoding.correctedForItem(at: &cursor) }
        var elements: [DataElement] = []
        while header.hasUndefinedLength || cursor.offset < level.end {
            let place = cursor.offset
            guard level.end &- place >= 8 else { throw DICOMError.truncated(offset: place) }
            let next = try ElementHeader(&cursor, level.encoding)
            if next.tag == .itemDelimiter {
                if header.hasUndefinedLength { break }
                continue
            }
            guard next.tag.group != Tag.item.group else {
                throw DICOMError.malformed("an item inside an item", offset: place)
            }
            elements.append(try element(next, &level, place))
        }
        var item = dataSet(elements, level)
        item.hasUndefinedLength = header.hasUndefinedLength
        return item
    }

    /// The places of the fragments' values, read without them.
    private mutating func fragments(_ level: Level) throws -> [Range<Int>] {
        var fragments: [Range<Int>] = []
        while true {
            let start = cursor.offset
            guard level.end &- start >= 8 else { throw DICOMError.truncated(offset: start) }
            try cursor.require(8, ahead: Self.aheadOfFragments)
            let header = try ElementHeader(&cursor, level.encoding)
            if header.tag == .sequenceDelimiter { return fragments }
            guard header.tag == .item, !header.hasUndefinedLength else {
                throw DICOMError.malformed("Pixel Data without fragments", offset: start)
            }
            guard Int(header.length) <= level.end &- cursor.offset else { throw DICOMError.truncated(offset: start) }
            guard fragments.count < limits.fragmentCount else {
                throw DICOMError.tooLarge("too many fragments", offset: start)
            }
            fragments.append(cursor.offset..<cursor.offset &+ Int(header.length))
            cursor.skip(Int(header.length))
        }
    }

    /// Bytes to read at once while walking over fragments, most of which are longer.
    private static let aheadOfFragments = 4096
}
