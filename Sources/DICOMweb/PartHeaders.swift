import HTTPModel

/// The header block of one part (RFC 2046 §5.1, RFC 5322 §2.2).
enum PartHeaders {
    /// - Parameter block: the lines without the blank line that ends them.
    /// - Returns: `nil` when a line is no field, or holds a control character.
    static func parse(_ block: ArraySlice<UInt8>) -> Headers? {
        var headers = Headers()
        for line in unfoldedLines(block) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                let text = String(validating: line, as: UTF8.self),
                line.allSatisfy({ $0 >= 0x20 || $0 == 0x09 }), colon > line.startIndex
            else { return nil }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            guard !name.contains(" "), !name.contains("\t") else { return nil }
            headers.add(name, String(text.utf8.dropFirst(colon - line.startIndex + 1).trimmed))
        }
        return headers
    }

    /// A line that begins with a space or tab goes on with the line before it (RFC 5322 §2.2.3).
    private static func unfoldedLines(_ block: ArraySlice<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = block.startIndex
        while start < block.endIndex {
            let end = lineEnd(block[start...]) ?? block.endIndex
            let line = block[start..<end]
            if let first = line.first, first == 0x20 || first == 0x09, var last = lines.popLast() {
                last += line
                lines.append(last)
            } else if !line.isEmpty {
                lines.append(Array(line))
            }
            start = min(end + 2, block.endIndex)
        }
        return lines
    }

    private static func lineEnd(_ rest: ArraySlice<UInt8>) -> Int? {
        var from = rest.startIndex
        while let index = rest[from...].firstIndex(of: 0x0D) {
            guard index + 1 < rest.endIndex else { return nil }
            if rest[index + 1] == 0x0A { return index }
            from = index + 1
        }
        return nil
    }
}

extension Substring.UTF8View {
    fileprivate var trimmed: Substring { Substring(self).trimmingSpaces }
}
