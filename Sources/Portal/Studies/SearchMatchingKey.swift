import DICOM

/// One attribute that a search matches, and how (PS3.4 §C.2.2.2). Queries of DICOMweb and DIMSE read alike.
package struct MatchingKey: Sendable, Equatable {
    package enum Match: Sendable, Equatable {
        /// Restricts nothing (PS3.4 §C.2.2.2.3).
        case universal
        /// The attribute is absent or empty (PS3.4 §C.2.2.2.7).
        case empty
        /// Any of these values (PS3.4 §C.2.2.2.1, §C.2.2.2.2).
        case values([String])
        /// Any of these values, in which `*` stands for any characters and `?` for one (PS3.4 §C.2.2.2.4).
        case wildcards([String])
        /// Both ends belong to it; dates as `YYYYMMDD`, times as `HH[MM[SS[.F]]]` (PS3.4 §C.2.2.2.5).
        case range(from: String?, to: String?)
    }

    /// From the outermost Sequence to the attribute; never empty.
    package let path: [Tag]
    /// For each tag of the path, whose it is if it is private.
    package let creators: [String?]
    package let vr: VR
    package let match: Match

    /// - Parameters:
    ///   - creators: the Private Creators of the tags that are private, in the path's order (PS3.18 §8.3.4.3).
    ///   - text: the value as it was asked for; values of a list are separated by `\`, and by `,` where a value cannot
    ///     hold one.
    ///   - matchesEmptyValues: whether `""` asks for an empty attribute.
    /// - Throws: `MatchingError` when the value is none that the attribute's VR can match.
    package init(
        path: [Tag], creators: [String?]? = nil, text: String, matchesEmptyValues: Bool = false
    ) throws(MatchingError) {
        guard let tag = path.last else { throw MatchingError(path: path) }
        self.path = path
        self.creators = creators ?? path.map { _ in nil }
        vr = tag.isPrivateCreator ? .LO : DataDictionary.vr(of: tag) ?? .UN
        do {
            match = try Self.match(text, vr, matchesEmptyValues)
        } catch {
            throw MatchingError(path: path)
        }
    }

    private struct Malformed: Error {}

    private static func match(_ text: String, _ vr: VR, _ matchesEmptyValues: Bool) throws(Malformed) -> Match {
        if matchesEmptyValues, text == "\"\"" {
            // The index does not know whether there is bulk data.
            guard ![.OB, .OD, .OF, .OL, .OV, .OW].contains(vr) else { throw Malformed() }
            return .empty
        }
        guard text.contains(where: { $0 != "*" }) else { return .universal }
        switch vr {
        case .DA, .TM: return try range(text, isPart: vr == .DA ? isDate : isTime)
        case .DT: return try momentRange(text)
        case .UI: return .values(try list(text, commas: true, isValue: { UID($0) != nil }))
        case .IS, .DS, .US, .SS, .UL, .SL, .SV, .UV, .FL, .FD:
            return .values(try list(text, commas: true, isValue: { Double($0)?.isFinite ?? false }))
        // UN is every private attribute: its own VR stands only in the files.
        case .AE, .CS, .LO, .LT, .PN, .SH, .ST, .UC, .UR, .UT, .UN:
            let values = try list(text, commas: vr == .CS, isValue: { !$0.isEmpty })
            return text.contains(where: { "*?".contains($0) }) ? .wildcards(values) : .values(values)
        default: return .values([text])
        }
    }

    private static let mostValues = 1000

    private static func list(
        _ text: String, commas: Bool, isValue: (String) -> Bool
    ) throws(Malformed) -> [String] {
        let pieces = text.split { $0 == "\\" || commas && $0 == "," }.map { piece in
            String(piece.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        guard !pieces.isEmpty, pieces.count <= mostValues, pieces.allSatisfy(isValue) else { throw Malformed() }
        return pieces
    }

    /// `a`, `a-b`, `a-` or `-b`.
    private static func range(_ text: String, isPart: (Substring) -> Bool) throws(Malformed) -> Match {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ $0.isEmpty || isPart($0) }), parts.contains(where: { !$0.isEmpty })
        else { throw Malformed() }
        let ends = parts.map { $0.isEmpty ? nil : String($0) }
        return .range(from: ends[0], to: ends[ends.count - 1])
    }

    private static func isDate(_ text: Substring) -> Bool {
        guard text.utf8.count == 8, let number = digits(text) else { return false }
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return year > 0 && (1...12).contains(month) && day >= 1 && day <= lengths[month - 1]
    }

    private static func isTime(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let clock = parts.first, [2, 4, 6].contains(clock.utf8.count), digits(clock) != nil
        else { return false }
        if parts.count == 2 {
            guard clock.utf8.count == 6, (1...6).contains(parts[1].utf8.count), digits(parts[1]) != nil else {
                return false
            }
        }
        let fields = stride(from: 0, to: clock.count, by: 2).compactMap { Int(clock.dropFirst($0).prefix(2)) }
        return zip(fields, [24, 60, 60]).allSatisfy { $0 < $1 }
    }

    /// `-` parts a range, and begins an offset from UTC; what can be read as one moment is one (PS3.4 §C.2.2.2.5.3).
    private static func momentRange(_ text: String) throws(Malformed) -> Match {
        if isDateTime(text[...]) { return .range(from: text, to: text) }
        for hyphen in text.indices where text[hyphen] == "-" {
            let (from, to) = (text[..<hyphen], text[text.index(after: hyphen)...])
            let parts = [from, to].map { $0.isEmpty || isDateTime($0) }
            guard !parts.contains(false), !(from.isEmpty && to.isEmpty) else { continue }
            return .range(from: from.isEmpty ? nil : String(from), to: to.isEmpty ? nil : String(to))
        }
        throw Malformed()
    }

    /// `YYYY[MM[DD[HH[MM[SS[.F]]]]]][&ZZXX]` (PS3.5 Table 6.2-1).
    private static func isDateTime(_ text: Substring) -> Bool {
        var moment = text
        if let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            guard let offset = digits(text[text.index(after: sign)...]), text[sign...].utf8.count == 5,
                offset / 100 <= 14, offset % 100 < 60
            else { return false }
            moment = text[..<sign]
        }
        let date = moment.prefix(8)
        switch moment.utf8.count {
        case 4: return digits(moment) != nil
        case 6: return digits(moment).map { (1...12).contains($0 % 100) } ?? false
        case 8: return isDate(date)
        default: return isDate(date) && isTime(moment.dropFirst(8))
        }
    }

    private static func digits(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
}

/// A value that cannot be matched with its attribute.
package struct MatchingError: Error, Equatable, CustomStringConvertible {
    package let path: [Tag]

    package var description: String {
        "The value for \(path.map(\.hex).joined(separator: ".")) is none that this attribute can be matched with."
    }
}
