/// A data set as lines of text for people: tag, VR, keyword, value.
///
/// No control character of a value comes through, so that a hostile one cannot steer a terminal.
package struct DataSetListing {
    /// Characters of a value that are shown.
    private static let widestValue = 120
    private static let keywordWidth = 36

    private var lines: [String] = []

    /// The lines of `dataSet`, those of items indented below their sequence.
    package static func lines(of dataSet: DataSet) -> [String] {
        var listing = DataSetListing()
        listing.append(dataSet, indent: "")
        return listing.lines
    }

    private mutating func append(_ dataSet: DataSet, indent: String) {
        for element in dataSet.elements {
            let keyword = element.tag.keyword ?? Self.ownName(element.tag)
            let padding = String(repeating: " ", count: max(1, Self.keywordWidth - indent.count - keyword.count))
            let value = Self.text(of: element, in: dataSet)
            let name = "\(indent)\(element.tag) \(element.vr.rawValue) \(keyword)"
            lines.append(value.isEmpty ? name : name + padding + value)
            guard case .items(let items) = element.value else { continue }
            for (index, item) in items.enumerated() {
                lines.append("\(indent)  item \(index + 1)")
                append(item, indent: indent + "    ")
            }
        }
    }

    private static func ownName(_ tag: Tag) -> String {
        if tag.isGroupLength { return "GroupLength" }
        return tag.isPrivateCreator ? "PrivateCreator" : tag.isPrivate ? "(private)" : "(unknown)"
    }

    private static func text(of element: DataElement, in dataSet: DataSet) -> String {
        switch element.value {
        case .items(let items): return items.count == 1 ? "1 item" : "\(items.count) items"
        case .fragments(let fragments):
            let (bytes, count) = (fragments.dropFirst().reduce(0) { $0 + $1.count }, max(0, fragments.count - 1))
            return "\(bytes) bytes in \(count) fragments, from byte \(fragments.first?.lowerBound ?? 0)"
        case .deferred(let offset, let length): return "\(length) bytes, from byte \(offset)"
        case .bytes(let bytes):
            if element.vr.isBinary { return bytes.isEmpty ? "" : hexadecimal(bytes) }
            return visible(dataSet.strings(element.tag), element.vr)
        }
    }

    private static func visible(_ values: [String], _ vr: VR) -> String {
        let isUID = vr == .UI && values.count == 1
        let name = isUID ? values.first.flatMap { DataDictionary.name(ofUID: $0) } : nil
        let text = values.joined(separator: "\\")
        let shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(widestValue).map(harmless)))
        let isCut = text.unicodeScalars.count > widestValue
        return shown + (isCut ? " … (\(values.count == 1 ? "long text" : "\(values.count) values"))" : "")
            + (name.map { " = \($0)" } ?? "")
    }

    /// Control and format characters, which could move the cursor or turn the line around, become U+FFFD.
    private static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: "\u{FFFD}"
        default: scalar
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let shown = bytes.prefix(16).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
        return shown.joined(separator: " ") + (bytes.count > 16 ? " … (\(bytes.count) bytes)" : "")
    }
}
