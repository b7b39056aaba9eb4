/// Finding an element in nested data sets, and its whole value.
extension DataSet {
    /// The element at a path such as `7FE00010` or `00091002.1.00091003`: tags, and 1-based items between them.
    ///
    /// - Returns: the element and the data set that holds it; nil when there is none or the path is malformed.
    package func element(at path: String) -> (element: DataElement, holder: DataSet)? {
        var holder = self
        var parts = path.split(separator: ".", omittingEmptySubsequences: false)[...]
        while let part = parts.popFirst() {
            guard let tag = Tag(hex: part), let element = holder[tag] else { return nil }
            guard let number = parts.popFirst() else { return (element, holder) }
            guard case .items(let items) = element.value, let index = Int(number), items.indices.contains(index - 1)
            else { return nil }
            holder = items[index - 1]
        }
        return nil
    }

    /// The bytes of an element of this data set, in little endian: those of all its fragments without the
    /// offset table, or of its value with padding. Held whole.
    ///
    /// - Parameter source: what ``DICOMFile/valueSource(_:)`` gives.
    /// - Throws: ``DICOMError/truncated(offset:)``; what `source` throws.
    package func value(of element: DataElement, from source: any ByteSource) throws -> [UInt8] {
        try pieces(of: element).flatMap { try $0.bytes(from: source) }
    }

    /// As ``value(of:from:)``, without reading it; a sequence has none.
    package func pieces(of element: DataElement) -> [DataSetWriter.Piece] {
        switch element.value {
        case .bytes(let bytes): return [.bytes(bytes)]
        case .items: return []
        case .fragments(let fragments): return fragments.dropFirst().map { .source($0) }
        case .deferred(let offset, let length):
            let range = offset..<offset + length
            let isSwapped = isSourceBigEndian && element.vr.wordLength > 1
            return [isSwapped ? .swapped(range, wordLength: element.vr.wordLength) : .source(range)]
        }
    }
}
