@testable import DICOM

/// Compares our JSON of a data set with pydicom's, whose numbers are spelled differently.
enum JSONComparison {
    static func differences(_ ours: JSONValue, _ theirs: JSONValue, at path: String = "") -> [String] {
        guard case .object(let left) = ours, case .object(let right) = theirs else { return ["\(path): no data set"] }
        let (mine, other) = (members(left), members(right))
        return Set(mine.keys).union(other.keys).sorted().flatMap { key -> [String] in
            guard !key.hasSuffix("0000") else { return [] }
            guard let mine = mine[key], let other = other[key] else {
                return ["\(path)\(key): only \(mine[key] == nil ? "theirs" : "ours")"]
            }
            return attribute(key, mine, other, at: path + key)
        }
    }

    private static func attribute(_ key: String, _ ours: JSONValue, _ theirs: JSONValue, at path: String) -> [String] {
        guard case .object(let left) = ours, case .object(let right) = theirs else { return ["\(path): no attribute"] }
        let (mine, other) = (members(left), members(right))
        let privateVR = Tag(hex: key)?.isPrivate == true && text(mine["vr"]) == "UN"
        if privateVR { return [] }  // pydicom has a table of the makers' attributes, we have not
        guard text(mine["vr"]) == text(other["vr"]) else { return ["\(path): another VR"] }
        if key == "00080005" { return [] }
        if other["BulkDataURI"] != nil {
            return mine["BulkDataURI"] == nil && mine["InlineBinary"] == nil ? ["\(path): no bulk data"] : []
        }
        if let binary = text(other["InlineBinary"]) {
            return text(mine["InlineBinary"]) == binary ? [] : ["\(path): another InlineBinary"]
        }
        return values(mine["Value"], other["Value"], at: path)
    }

    private static func values(_ ours: JSONValue?, _ theirs: JSONValue?, at path: String) -> [String] {
        let (mine, other) = (list(ours), list(theirs))
        if mine.isEmpty, other.allSatisfy({ text($0) == "" }) { return [] }
        guard mine.count == other.count else { return ["\(path): \(mine.count) values, not \(other.count)"] }
        return zip(mine, other).enumerated().flatMap { index, pair -> [String] in
            guard case .object(let left) = pair.0, case .object(let right) = pair.1 else {
                return isSame(pair.0, pair.1) ? [] : ["\(path): value \(index + 1) differs"]
            }
            if (left + right).contains(where: { Tag(hex: $0.key) != nil }) {
                return differences(pair.0, pair.1, at: "\(path).\(index + 1).")
            }
            return names(members(left), members(right), at: path)
        }
    }

    private static func names(_ mine: [String: JSONValue], _ other: [String: JSONValue], at path: String) -> [String] {
        ["Alphabetic", "Ideographic", "Phonetic"].filter { group in
            let theirs = text(other[group])
            // pydicom leaves escape sequences of GB 2312 in the text.
            return text(mine[group]) != theirs && theirs?.contains("\u{1B}") != true
        }.map { "\(path): \($0)" }
    }

    private static func isSame(_ ours: JSONValue, _ theirs: JSONValue) -> Bool {
        if let left = number(ours), let right = number(theirs) {
            return left == right || Float(left) == Float(right)
        }
        return (text(ours) ?? "") == (text(theirs) ?? "")
    }

    private static func number(_ value: JSONValue) -> Double? {
        if case .number(let text) = value { return Double(text) }
        return nil
    }

    /// Text without the spaces around it, which pydicom keeps in places; nil for null.
    private static func text(_ value: JSONValue?) -> String? {
        guard case .string(let text)? = value else { return nil }
        let trimmed = SpecificCharacterSet.trimmed(Array(text.utf8)[...], .LO)
        return String(decoding: trimmed, as: UTF8.self)
    }

    private static func list(_ value: JSONValue?) -> [JSONValue] {
        guard case .array(let values)? = value else { return [] }
        return values
    }

    private static func members(_ members: [(key: String, value: JSONValue)]) -> [String: JSONValue] {
        Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    }
}
