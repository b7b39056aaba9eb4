import HTTPModel

/// A media type or a range of them, with its parameters: `multipart/related; type="application/dicom"; q=0.5`.
///
/// Values may be tokens or quoted strings, which mean the same (RFC 9110 §5.6.6); unquoted values may hold `/` and `*`
/// although a token may not, because clients write `type=application/dicom`.
package struct MediaType: Sendable, Hashable {
    package struct Parameter: Sendable, Hashable {
        /// In lower case.
        package let name: String
        package let value: String
    }

    /// Type and subtype in lower case: `application/dicom`, `image/*`, `*/*`.
    package let essence: String
    package let parameters: [Parameter]

    /// - Returns: `nil` when `text` is not one media type.
    package init?(_ text: String) {
        guard let all = Self.list(text), let first = all.first, all.count == 1 else { return nil }
        self = first
    }

    private init(essence: String, parameters: [Parameter]) {
        self.essence = essence
        self.parameters = parameters
    }

    /// The first parameter of that name, which is in lower case.
    package subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// The weight in thousandths (RFC 9110 §12.4.2); 1000 when absent, 0 when it cannot be read.
    package var weight: Int {
        guard let text = self["q"] else { return 1000 }
        guard let value = Double(text), value.isFinite, (0...1).contains(value) else { return 0 }
        return Int(value * 1000)
    }

    /// The media types of a comma-separated list; what is no media type is left out.
    ///
    /// - Returns: `nil` when a quoted string does not end.
    package static func list(_ text: String) -> [MediaType]? {
        guard let elements = split(text, at: UInt8(ascii: ",")) else { return nil }
        return elements.compactMap(element)
    }

    private static func element(_ text: Substring) -> MediaType? {
        guard let parts = split(text, at: UInt8(ascii: ";")), let essence = parts.first?.trimmingSpaces.lowercased()
        else { return nil }
        let halves = essence.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy(isToken) else { return nil }
        return MediaType(essence: essence, parameters: parts.dropFirst().compactMap(parameter))
    }

    private static func parameter(_ text: Substring) -> Parameter? {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let value = halves[1].trimmingSpaces
        return Parameter(name: halves[0].trimmingSpaces.lowercased(), value: unquoted(value))
    }

    private static func unquoted(_ text: Substring) -> String {
        guard text.count >= 2, text.first == "\"", text.last == "\"" else { return String(text) }
        var result = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if character == "\\" && !isEscaped {
                isEscaped = true
            } else {
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }

    private static func isToken(_ text: Substring) -> Bool {
        let marks = "!#$%&'*+-.^_`|~"
        return !text.isEmpty
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || marks.contains($0)) }
    }

    /// Splits outside quoted strings.
    private static func split(_ text: some StringProtocol, at separator: UInt8) -> [Substring]? {
        let text = Substring(text)
        var pieces: [Substring] = []
        var start = text.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in text.utf8.indices {
            let byte = text.utf8[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted && byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == separator && !isQuoted {
                pieces.append(text[start..<index])
                start = text.index(after: index)
            }
        }
        return isQuoted ? nil : pieces + [text[start...]]
    }
}
