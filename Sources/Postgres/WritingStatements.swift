import WriteCounting

extension WriteCounter {
    /// Whether a statement may change what others read. Functions of ours count as if they did, but for a few.
    static func mayWrite(_ sql: String) -> Bool {
        let words = sql.utf8.split { !isOfWord($0) }
        guard let first = words.first, first.elementsEqual("SELECT".utf8) || first.elementsEqual("WITH".utf8) else {
            return true
        }
        if words.contains(where: { writing.contains(Substring($0)) }) { return true }
        return callsFunction(sql)
    }

    /// Functions of ours that only compute (IMMUTABLE), and are asked for by lists and searches.
    private static let computing: Set<Substring> = [
        "fold", "near_keys", "begins_nearly", "instant", "moment", "dicom_date", "like_literal", "words",
    ]
    private static let writing: Set<Substring> = ["INSERT", "UPDATE", "DELETE", "MERGE", "nextval", "setval"]

    private static func isOfWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x5F
    }

    /// Whether `portal.name(` stands in it, of a function that may do more than compute.
    private static func callsFunction(_ sql: String) -> Bool {
        var rest = sql.utf8[...]
        let schema = Array("portal.".utf8)
        while let place = rest.firstIndex(of: schema[0]) {
            rest = rest[place...]
            guard rest.starts(with: schema) else {
                rest = rest.dropFirst()
                continue
            }
            let name = rest.dropFirst(schema.count).prefix(while: isOfWord)
            rest = rest[name.endIndex...]
            if rest.first == UInt8(ascii: "("), !computing.contains(Substring(name)) { return true }
        }
        return false
    }
}
