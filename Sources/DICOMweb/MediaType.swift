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
        let halves = essence.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy(isToken) else { return nil }
        return MediaType(essence: essence, parameters: parts.dropFirst().compactMap(parameter))
    }

    private static func parameter(_ text: Substring) -> Parameter? {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let value = text[text.utf8.index(after: equals)...].trimmingSpaces
        return Parameter(name: text[..<equals].trimmingSpaces.lowercased(), value: unquoted(value))
    }

    private static func unquoted(_ text: Substring) -> String {
        let quote = UInt8(ascii: "\"")
        guard text.utf8.count >= 2, text.utf8.first == quote, text.utf8.last == quote else { return String(text) }
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in text.utf8.dropFirst().dropLast() {
            if byte == UInt8(ascii: "\\") && !isEscaped {
                isEscaped = true
            } else {
                bytes.append(byte)
                isEscaped = false
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isToken(_ text: Substring.UTF8View) -> Bool {
        !text.isEmpty
            && text.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: marks.contains(byte)
                }
            }
    }

    private static let marks = Set("!#$%&'*+-.^_`|~".utf8)

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
                start = text.utf8.index(after: index)
            }
        }
        return isQuoted ? nil : pieces + [text[start...]]
    }
}
