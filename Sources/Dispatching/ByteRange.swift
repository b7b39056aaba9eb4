/// The part of an object that a `Range` asks for (RFC 9110 §14).
enum ByteRange: Equatable {
    /// No range, or one that we need not understand: the whole object.
    case whole
    case part(Range<Int>)
    case unsatisfiable

    /// - Parameters:
    ///   - range: the values of `Range`; several ranges in one are answered in full, as the rules allow.
    ///   - condition: `If-Range`, which must name `entityTag` strongly.
    init(_ range: [String], condition: String?, entityTag: String?, length: Int) {
        self = .whole
        guard range.count == 1, let text = range.first, text.lowercased().hasPrefix("bytes=") else { return }
        if let condition, condition != entityTag || condition.hasPrefix("W/") { return }
        let parts = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Self.number(parts[0]), let last = Self.number(parts[1]) else { return }
        switch (first, last) {
        case (nil, nil): return
        case (nil, .some(let count)): self = Self.satisfiable(max(0, length - count)..<length)
        case (.some(let start), nil): self = Self.satisfiable(start..<max(start, length))
        case (.some(let start), .some(let last)):
            guard start <= last else { return }
            self = Self.satisfiable(start..<max(start, min(last, length - 1) + 1))
        }
    }

    private static func satisfiable(_ range: Range<Int>) -> ByteRange { range.isEmpty ? .unsatisfiable : .part(range) }

    /// The number, `.some(nil)` for an empty text, `nil` for anything else.
    private static func number(_ text: Substring) -> Int?? {
        if text.isEmpty { return .some(nil) }
        guard text.utf8.count <= 18, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return .some(Int(text))
    }
}
