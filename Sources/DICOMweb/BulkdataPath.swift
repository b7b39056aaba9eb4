import DICOM
import HTTPModel

/// Which value of an instance a BulkDataURI names: `7FE00010`, or `00091002.1.00091003` with the number of the item.
package struct BulkdataPath: Sendable, Hashable, CustomStringConvertible {
    /// The Sequences on the way, each with the number of its item, 1-based.
    private let sequences: [Step]
    private let tag: Tag

    private struct Step: Hashable {
        let tag: Tag
        let item: Int
    }

    /// - Throws: 400 when the text is no such path.
    package init(_ text: String) throws(HTTPError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let deepest = 64
        var steps: [Step] = []
        for index in stride(from: 0, to: parts.count - 1, by: 2) where parts.count <= deepest * 2 {
            guard let tag = Tag(hex: parts[index]), index + 1 < parts.count, let item = Int(parts[index + 1]), item > 0
            else { break }
            steps.append(Step(tag: tag, item: item))
        }
        guard steps.count * 2 + 1 == parts.count, let last = parts.last, let tag = Tag(hex: last) else {
            throw .badRequest("path.malformed", "The path names no value: it is tags joined by item numbers.")
        }
        sequences = steps
        self.tag = tag
    }

    package var description: String { sequences.map { "\($0.tag.hex).\($0.item)." }.joined() + tag.hex }

    /// The attribute at the path and the data set, or the item, that it stands in; `nil` when there is none.
    package func place(in dataSet: DataSet) -> (element: DataElement, level: DataSet)? {
        var level = dataSet
        for step in sequences {
            guard case .items(let items)? = level[step.tag]?.value, step.item <= items.count else { return nil }
            level = items[step.item - 1]
        }
        return level[tag].map { ($0, level) }
    }

    /// Whether it leads into a Sequence.
    package var isNested: Bool { !sequences.isEmpty }
}
