import DICOM

/// Composes the DICOM JSON of a search's results out of stored attribute texts (PS3.18 §10.6.3.3, Annex F).
package struct SearchAnswer {
    /// One attribute that the server knows better than the stored text.
    package struct Computed {
        let tag: [UInt8]
        let value: [UInt8]

        /// - Parameter values: JSON values; none makes an attribute without a value.
        init(_ tag: Tag, _ vr: VR, _ values: [String]) {
            self.tag = Array(tag.hex.utf8)
            value = SearchAnswer.attribute(vr, values)
        }

        package static func text(_ tag: Tag, _ vr: VR, _ values: [String]) -> Computed {
            Computed(tag, vr, values.map { $0.quotedJSON })
        }

        package static func number(_ tag: Tag, _ vr: VR, _ value: Int) -> Computed {
            Computed(tag, vr, ["\(value)"])
        }
    }

    private let required: [(tag: [UInt8], empty: [UInt8])]
    private let wanted: Set<[UInt8]>
    private let wantsAll: Bool
    private var bytes = Array("[".utf8)
    private var isEmpty = true

    /// - Parameters:
    ///   - levels: the levels whose attributes every result carries: the results' own, and those above it that the
    ///     address does not name.
    package init(levels: [SearchLevel], query: SearchQuery) {
        let returned = levels.flatMap(\.returned)
        required = returned.compactMap { field in
            field.vr.map { (Array(field.tag.hex.utf8), Self.attribute($0, [])) }
        }
        var paths = query.matches.map(\.path)
        if case .listed(let fields) = query.includedFields { paths += fields }
        wantsAll = query.includedFields == .all
        wanted = Set((returned.map(\.tag) + paths.compactMap(\.tags.first)).map { Array($0.hex.utf8) })
    }

    /// Adds one result.
    ///
    /// - Parameters:
    ///   - texts: DICOM JSON objects, the lowest level last; a later one replaces an earlier one's attribute.
    ///   - computed: what replaces both.
    package mutating func add(_ texts: [String], computed: [Computed]) {
        var values: [[UInt8]: ArraySlice<UInt8>] = [:]
        for field in required { values[field.tag] = field.empty[...] }
        for text in texts {
            for member in AttributeText(text).members where wantsAll || wanted.contains(Array(member.tag)) {
                values[Array(member.tag)] = member.value
            }
        }
        for field in computed where wantsAll || wanted.contains(field.tag) { values[field.tag] = field.value[...] }
        append(values.sorted { $0.key.lexicographicallyPrecedes($1.key) })
    }

    /// The JSON array; `[]` when nothing matched.
    package func finished() -> [UInt8] { bytes + [UInt8(ascii: "]")] }

    private mutating func append(_ members: [(key: [UInt8], value: ArraySlice<UInt8>)]) {
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        isEmpty = false
        var separator = UInt8(ascii: "{")
        for member in members {
            bytes.append(separator)
            bytes.append(UInt8(ascii: "\""))
            bytes += member.key
            bytes += [UInt8(ascii: "\""), UInt8(ascii: ":")]
            bytes += member.value
            separator = UInt8(ascii: ",")
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func attribute(_ vr: VR, _ values: [String]) -> [UInt8] {
        let list = values.isEmpty ? "" : ",\"Value\":[\(values.joined(separator: ","))]"
        return Array("{\"vr\":\"\(vr.rawValue)\"\(list)}".utf8)
    }
}
