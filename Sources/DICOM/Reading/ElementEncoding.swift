/// How the elements of a data set are written.
struct ElementEncoding: Equatable {
    var isExplicit: Bool
    var isBigEndian: Bool

    static let implicitLittleEndian = ElementEncoding(isExplicit: false, isBigEndian: false)
    static let explicitLittleEndian = ElementEncoding(isExplicit: true, isBigEndian: false)

    init(isExplicit: Bool, isBigEndian: Bool) {
        (self.isExplicit, self.isBigEndian) = (isExplicit, isBigEndian)
    }

    init(_ syntax: TransferSyntax) {
        self.init(isExplicit: syntax.isExplicitVR, isBigEndian: !syntax.isLittleEndian)
    }

    /// What the first element at the cursor shows, against what was declared; files contradict themselves.
    ///
    /// - Returns: `self` where nothing speaks against it.
    func corrected(at cursor: inout SourceCursor) throws -> ElementEncoding {
        guard cursor.count &- cursor.offset >= 8 else { return self }
        try cursor.require(8)
        let hasLetters = VR(cursor.byte(4), cursor.byte(5)) != nil
        if cursor.byte(0) == 0, cursor.byte(1) != 0 {
            return isBigEndian || hasLetters ? ElementEncoding(isExplicit: true, isBigEndian: true) : self
        }
        if isBigEndian, cursor.byte(0) != 0, cursor.byte(1) == 0 {
            return ElementEncoding(isExplicit: hasLetters, isBigEndian: false)
        }
        if isExplicit { return hasLetters || Self.areLetters(cursor.byte(4), cursor.byte(5)) ? self : implicit }
        return hasLetters ? .explicitLittleEndian : self
    }

    /// What the first element of an item shows: writers copy implicit items into explicit files, and the reverse.
    func correctedForItem(at cursor: inout SourceCursor) throws -> ElementEncoding {
        try cursor.require(8)
        let tag = cursor.tag(bigEndian: isBigEndian)
        guard tag.group != Tag.item.group, !isBigEndian else { return self }
        let (first, second) = (cursor.byte(4), cursor.byte(5))
        if isExplicit { return VR(first, second) != nil || Self.areLetters(first, second) ? self : implicit }
        guard let vr = VR(first, second), vr == DataDictionary.vr(of: tag) else { return self }
        return .explicitLittleEndian
    }

    private var implicit: ElementEncoding { ElementEncoding(isExplicit: false, isBigEndian: isBigEndian) }

    private static func areLetters(_ first: UInt8, _ second: UInt8) -> Bool {
        (0x41...0x5A).contains(first) && (0x41...0x5A).contains(second)
            || first == second && [0x20, 0x3F].contains(first)
    }
}

/// What stands before a value.
struct ElementHeader {
    let tag: Tag
    /// As written; nil in implicit syntaxes and for letters that PS3.5 does not know.
    let vr: VR?
    let length: UInt32

    static let undefinedLength: UInt32 = 0xFFFF_FFFF

    var hasUndefinedLength: Bool { length == Self.undefinedLength }

    /// Reads the header at the cursor and goes behind it.
    @inline(__always)
    init(_ cursor: inout SourceCursor, _ encoding: ElementEncoding) throws {
        try cursor.require(8)
        let big = encoding.isBigEndian
        tag = cursor.tag(bigEndian: big)
        guard encoding.isExplicit, tag.group != 0xFFFE else {
            (vr, length) = (nil, cursor.word32(4, bigEndian: big))
            cursor.skip(8)
            return
        }
        vr = VR(cursor.byte(4), cursor.byte(5))
        // A VR of the future has the long form (PS3.5 §6.2); what is no VR at all is met with the short one.
        let isLong = vr?.hasLongLength ?? (cursor.word16(6, bigEndian: big) == 0 && cursor.byte(4) > 0x40)
        guard isLong else {
            length = UInt32(cursor.word16(6, bigEndian: big))
            cursor.skip(8)
            return
        }
        try cursor.require(12)
        length = cursor.word32(8, bigEndian: big)
        cursor.skip(12)
    }
}
