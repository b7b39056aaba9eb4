/// Writes data sets; what a value left in its source is not read but pointed to.
///
/// Group lengths are left out (PS3.5 §7.2), sequences and items keep their form of length, odd values are
/// padded. A value too long for its VR in an explicit syntax becomes UN (PS3.5 §6.2.2).
///
/// - SeeAlso: PS3.5 §7, Annex A.
package struct DataSetWriter {
    /// A stretch of what is written.
    package enum Piece: Sendable, Equatable {
        case bytes([UInt8])
        /// Bytes of the source as they are.
        case source(Range<Int>)
        /// Bytes of the source with the bytes of each word turned around.
        case swapped(Range<Int>, wordLength: Int)
    }

    private let encoding: ElementEncoding
    private let takesFragments: Bool
    private var literal: [UInt8] = []
    /// Pieces of the source, and how many literal bytes stand before each.
    private var cuts: [(before: Int, piece: Piece)] = []
    private var cutLength = 0

    private init(_ syntax: TransferSyntax, takesFragments: Bool) {
        (encoding, self.takesFragments) = (ElementEncoding(syntax), takesFragments)
    }

    /// The data set in `syntax` (before deflating, if that is deflated) as bytes and ranges of its source.
    ///
    /// - Parameter takesFragments: unless given, whether `syntax` encapsulates.
    /// - Throws: ``DICOMError/notEncodable(_:_:)`` when fragments are to be written natively or a value is too long.
    package static func pieces(
        _ dataSet: DataSet, syntax: TransferSyntax, takesFragments: Bool? = nil
    ) throws -> [Piece] {
        var writer = DataSetWriter(syntax, takesFragments: takesFragments ?? syntax.isEncapsulated)
        try writer.write(dataSet)
        return writer.pieces()
    }

    /// The data set in `syntax`, held whole.
    ///
    /// - Parameter source: what ``DICOMFile/valueSource(_:)`` gives; needed when values were left there.
    /// - Throws: as ``pieces(_:syntax:)``; ``DICOMError/truncated(offset:)`` when `source` does not hold a value.
    package static func bytes(
        _ dataSet: DataSet, syntax: TransferSyntax, source: (any ByteSource)? = nil
    ) throws -> [UInt8] {
        let pieces = try pieces(dataSet, syntax: syntax)
        if !syntax.isDeflated, case .bytes(let bytes)? = pieces.first, pieces.count == 1 { return bytes }
        let source = source ?? BytesSource([])
        let bytes = try pieces.flatMap { try $0.bytes(from: source) }
        return syntax.isDeflated ? try Deflation.deflate(bytes) : bytes
    }
}

extension DataSetWriter.Piece {
    /// Bytes of the piece.
    package var count: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .source(let range), .swapped(let range, _): range.count
        }
    }

    /// Reads the piece whole.
    package func bytes(from source: any ByteSource) throws -> [UInt8] {
        switch self {
        case .bytes(let bytes): return bytes
        case .source(let range): return try source.read(at: range.lowerBound, count: range.count)
        case .swapped(let range, let wordLength):
            var bytes = try source.read(at: range.lowerBound, count: range.count)
            ByteOrder.swap(&bytes, wordLength: wordLength)
            return bytes
        }
    }
}

extension DataSetWriter {
    private var position: Int { literal.count + cutLength }

    private mutating func write(_ dataSet: DataSet) throws {
        for element in dataSet.elements where !element.tag.isGroupLength { try write(element, of: dataSet) }
    }

    private mutating func write(_ element: DataElement, of dataSet: DataSet) throws {
        switch element.value {
        case .bytes(var bytes):
            if bytes.count % 2 == 1 { bytes.append(element.vr.padding) }
            if encoding.isBigEndian { ByteOrder.swap(&bytes, wordLength: element.vr.wordLength) }
            try header(element.tag, element.vr, bytes.count)
            literal += bytes
        case .deferred(let offset, let length):
            try header(element.tag, element.vr, length + length % 2)
            let isSwapped = dataSet.isSourceBigEndian != encoding.isBigEndian && element.vr.wordLength > 1
            let range = offset..<offset + length
            cut(isSwapped ? .swapped(range, wordLength: element.vr.wordLength) : .source(range))
            if length % 2 == 1 { literal.append(element.vr.padding) }
        case .items(let items): try write(items, element)
        case .fragments(let fragments): try write(fragments, element)
        }
    }

    private mutating func write(_ items: [DataSet], _ element: DataElement) throws {
        let length = try open(element.tag, .SQ, isDelimited: element.hasUndefinedLength)
        for item in items {
            let itemLength = try open(.item, nil, isDelimited: item.hasUndefinedLength)
            try write(item)
            try close(itemLength, .itemDelimiter, element.tag)
        }
        try close(length, .sequenceDelimiter, element.tag)
    }

    private mutating func write(_ fragments: [Range<Int>], _ element: DataElement) throws {
        guard takesFragments else { throw DICOMError.notEncodable(element.tag, "its value is compressed") }
        _ = try open(element.tag, element.vr, isDelimited: true)
        let isContinuous = zip(fragments, fragments.dropFirst()).allSatisfy { $0.upperBound + 8 == $1.lowerBound }
        // Fragments that never were in a file may begin at the source's start, where no header is before them.
        if isContinuous, let first = fragments.first, let last = fragments.last, first.lowerBound >= 8 {
            cut(.source(first.lowerBound - 8..<last.upperBound))  // with the headers of all items
        } else {
            for fragment in fragments {
                try header(.item, nil, fragment.count + fragment.count % 2)
                cut(.source(fragment))
                if fragment.count % 2 == 1 { literal.append(0) }
            }
        }
        try header(.sequenceDelimiter, nil, 0)
    }

    /// - Returns: where the length stands that ``close(_:_:_:)`` fills in; nil when a delimiter ends it.
    private mutating func open(_ tag: Tag, _ vr: VR?, isDelimited: Bool) throws -> (place: Int, start: Int)? {
        append(tag)
        if encoding.isExplicit, let vr {
            append(letters: vr)
            append(UInt16(0))
        }
        append(ElementHeader.undefinedLength)
        return isDelimited ? nil : (literal.count - 4, position)
    }

    private mutating func close(_ opened: (place: Int, start: Int)?, _ delimiter: Tag, _ tag: Tag) throws {
        guard let opened else { return try header(delimiter, nil, 0) }
        let length = position - opened.start
        guard length < Int(ElementHeader.undefinedLength) else { throw DICOMError.notEncodable(tag, "it is too long") }
        for place in 0..<4 {
            let shift = encoding.isBigEndian ? 24 - 8 * place : 8 * place
            literal[opened.place + place] = UInt8(truncatingIfNeeded: length >> shift)
        }
    }

    /// - Parameter vr: nil for items and delimiters, which have none.
    private mutating func header(_ tag: Tag, _ vr: VR?, _ length: Int) throws {
        guard length < Int(ElementHeader.undefinedLength) else { throw DICOMError.notEncodable(tag, "it is too long") }
        append(tag)
        guard encoding.isExplicit, let vr else { return append(UInt32(length)) }
        if !vr.hasLongLength, length <= Int(UInt16.max) {
            append(letters: vr)
            append(UInt16(length))
        } else {
            append(letters: vr.hasLongLength ? vr : .UN)
            append(UInt16(0))
            append(UInt32(length))
        }
    }

    private mutating func append(_ tag: Tag) {
        append(tag.group)
        append(tag.element)
    }

    private mutating func append(letters vr: VR) { literal.append(contentsOf: vr.rawValue.utf8) }

    private mutating func append(_ word: some FixedWidthInteger) {
        withUnsafeBytes(of: encoding.isBigEndian ? word.bigEndian : word.littleEndian) {
            literal.append(contentsOf: $0)
        }
    }

    private mutating func cut(_ piece: Piece) {
        guard piece.count > 0 else { return }
        cuts.append((literal.count, piece))
        cutLength += piece.count
    }

    private func pieces() -> [Piece] {
        var pieces: [Piece] = []
        var start = 0
        for (before, piece) in cuts {
            if before > start { pieces.append(.bytes(Array(literal[start..<before]))) }
            pieces.append(piece)
            start = before
        }
        if start == 0 { return pieces + [.bytes(literal)] }
        return start < literal.count ? pieces + [.bytes(Array(literal[start...]))] : pieces
    }
}
