import DICOM

/// An attribute in which two files of one instance differ.
package struct AttributeDifference: Encodable, Sendable, Equatable {
    /// Eight hexadecimal digits.
    package let tag: String
    package let keyword: String
    /// As text; of what is no text how long it is, of pixels whether they differ.
    package let first: String?
    package let second: String?
}

extension ContentComparison {
    /// Where two files differ, in the order of the tags. Pixels are named in any case.
    static func differences(_ left: Side, _ right: Side, most: Int) throws -> [AttributeDifference] {
        let comparison = ContentComparison(left: left, right: right)
        let tags = Set((left.file.dataSet.elements + right.file.dataSet.elements).filter(counts).map(\.tag))
        var found: [AttributeDifference] = []
        for tag in tags.sorted() {
            let (one, other) = (left.file.dataSet[tag], right.file.dataSet[tag])
            let isSame = try one.flatMap { one in try other.map { try comparison.isSame(one, $0) } } ?? false
            guard !isSame || tag == .pixelData else { continue }
            let pixels = tag == .pixelData ? (isSame ? "same" : "differs") : nil
            found.append(
                AttributeDifference(
                    tag: tag.hex, keyword: DataDictionary.keyword(of: tag) ?? "",
                    first: one.map { pixels ?? text($0, in: left.file.dataSet) },
                    second: other.map { pixels ?? text($0, in: right.file.dataSet) }))
        }
        // The pixels come last and stay.
        guard found.count > most else { return found }
        return Array(found.prefix(most - 1)) + found.suffix(1)
    }

    private static func text(_ element: DataElement, in dataSet: DataSet) -> String {
        let longest = 200
        switch element.value {
        case .items(let items): return "\(items.count) items"
        case .fragments(let ranges): return "\(ranges.count) fragments"
        case .deferred(_, let length): return "\(length) bytes"
        case .bytes(let bytes):
            let shown = dataSet.strings(element.tag).joined(separator: "\\")
            return shown.isEmpty && !bytes.isEmpty ? "\(bytes.count) bytes" : String(shown.prefix(longest))
        }
    }
}
