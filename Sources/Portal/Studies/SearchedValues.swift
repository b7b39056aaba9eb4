import DICOM
import Postgres

/// The attributes whose exact values lead to their Study through `portal.attribute_values`: those of a Study itself that
/// hold a text, and some of its Series'.
package enum SearchedValues {
    /// Those of a Series.
    package static let tags: Set<Tag> = [
        Tag(0x0008, 0x0070),  // Manufacturer
        Tag(0x0008, 0x0080),  // Institution Name
        Tag(0x0008, 0x1010),  // Station Name
        Tag(0x0018, 0x0015),  // Body Part Examined
        Tag(0x0018, 0x1000),  // Device Serial Number
        Tag(0x0018, 0x1030),  // Protocol Name
        Tag(0x0040, 0x0253),  // Performed Procedure Step ID
    ]
    /// Values of one attribute and series that are kept.
    package static let most = 64
    /// In characters, of one value.
    package static let longest = 256

    /// - Returns: `nil` when the key has to be looked for in the stored DICOM JSON.
    static func condition(_ key: MatchingKey) -> SQL? {
        guard case .values(let texts) = key.match, key.path.count == 1, isKept(key),
            texts.allSatisfy({ $0.unicodeScalars.count < longest })
        else { return nil }
        // With one value the index that finds it also has the order of the list.
        let value: SQL = texts.count == 1 ? "= \(texts[0])" : "= ANY (\(texts)::text[])"
        return """
            EXISTS (SELECT FROM portal.attribute_values a WHERE a.path = \(key.path[0].hex) AND a.value \(value)
                AND a.started = v.started AND a.study_id = v.study_id)
            """
    }

    private static func isKept(_ key: MatchingKey) -> Bool {
        tags.contains(key.path[0]) || AttributeLevel.of(key.path[0]) == .study && texts.contains(key.vr)
    }

    private static let texts: Set<VR> = [.AE, .AS, .CS, .LO, .LT, .SH, .ST, .UC, .UI, .UR, .UT]
}
