/// ``UIDTable`` as look-up tables, made at the first use.
enum RegisteredUIDs {
    static let names = Dictionary(uniqueKeysWithValues: entries.map { ($0.uid, $0.name) })
    static let storage = Set(entries.filter(\.isStorage).map(\.uid))

    /// In the order of their UIDs.
    static let transferSyntaxes = entries.map(\.uid).filter { "\($0).".hasPrefix("1.2.840.10008.1.2.") }

    private static let entries: [(uid: String, name: String, isStorage: Bool)] = {
        UIDTable.lines.description.split(separator: "\n").compactMap { line in
            guard let end = line.utf8.firstIndex(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "*") })
            else { return nil }
            return (String(line[..<end]), String(line[line.index(after: end)...]), line[end] == "*")
        }
    }()
}
