import DICOM

/// Composes the DICOM JSON of a search's results out of stored attribute texts (PS3.18 §10.6.3.3, Annex F).
package struct SearchAnswer {
    /// One attribute that the server knows better than the stored text.
    package struct Computed {
        let tag: TagDigits
        let value: [UInt8]

        /// - Parameter values: JSON values; none makes an attribute without a value.
        init(_ tag: Tag, _ vr: VR, _ values: [String]) {
            self.tag = TagDigits(tag)
            value = SearchAnswer.attribute(vr, values)
        }

        package static func text(_ tag: Tag, _ vr: VR, _ values: [String]) -> Computed {
            Computed(tag, vr, values.map { $0.quotedJSON })
        }

        package static func number(_ tag: Tag, _ vr: VR, _ value: Int) -> Computed {
            Computed(tag, vr, ["\(value)"])
        }
    }

    /// A private attribute that is wanted by the name of its block's owner.
    private struct Owned {
        let group: [UInt8]
        let creator: [UInt8]
        /// The last two digits of the tag.
        let element: [UInt8]
    }

    private let required: [(tag: TagDigits, empty: [UInt8])]
    private let wanted: Set<TagDigits>
    private let owned: [Owned]
    private let wantsAll: Bool
    private var bytes = Array("[".utf8)
    private var isEmpty = true

    /// - Parameters:
    ///   - levels: the levels whose attributes every result carries: the results' own, and those above it that the
    ///     address does not name.
    package init(levels: [SearchLevel], query: SearchQuery) {
        let returned = levels.flatMap(\.returned)
        required = returned.compactMap { field in field.empty.map { (field.digits, $0) } }
        var paths = query.matches.map(\.path)
        if case .listed(let fields) = query.includedFields { paths += fields }
        wantsAll = query.includedFields == .all
        let named = paths.filter { $0.creators.first == .some(nil) }.compactMap(\.tags.first)
        wanted = Set(returned.map(\.digits) + named.map(TagDigits.init))
        owned = paths.compactMap { path in
            guard let tag = path.tags.first, let creator = path.creators.first ?? nil else { return nil }
            let digits = Array(tag.hex.utf8)
            return Owned(
                group: Array(digits.prefix(4)), creator: Array("[\(creator.quotedJSON)]".utf8),
                element: Array(digits.suffix(2)))
        }
    }

    /// What one level says about a result.
    package struct Layer {
        let text: String
        let computed: [Computed]
        let isWhole: Bool

        /// - Parameters:
        ///   - text: a DICOM JSON object; `null` takes an attribute of a higher level away.
        ///   - computed: what replaces the texts of all layers.
        ///   - isWhole: whether `includefield=all` means this layer; if not, only what the query names is taken of it.
        package init(_ text: String, computed: [Computed] = [], isWhole: Bool = true) {
            self.text = text
            self.computed = computed
            self.isWhole = isWhole
        }
    }

    /// Adds one result.
    ///
    /// - Parameter layers: the lowest level last; a later one replaces an earlier one's attribute.
    package mutating func add(_ layers: [Layer]) {
        var values: [TagDigits: ArraySlice<UInt8>] = [:]
        for field in required { values[field.tag] = field.empty[...] }
        for layer in layers { take(layer, into: &values) }
        // An owner may stand in another layer than what it owns, so that private attributes wait for all layers.
        if !owned.isEmpty { takeOwned(layers, into: &values) }
        for layer in layers {
            for field in layer.computed where layer.isWhole && wantsAll || wanted.contains(field.tag) {
                values[field.tag] = field.value[...]
            }
        }
        append(values.sorted { $0.key < $1.key })
    }

    private func take(_ layer: Layer, into values: inout [TagDigits: ArraySlice<UInt8>]) {
        for member in AttributeText(layer.text).members {
            guard let tag = TagDigits(member.tag), wantsAll && layer.isWhole || wanted.contains(tag) else { continue }
            values[tag] = member.value.elementsEqual(Self.null) ? nil : member.value
        }
    }

    private func takeOwned(_ layers: [Layer], into values: inout [TagDigits: ArraySlice<UInt8>]) {
        var members: [TagDigits: AttributeText.Member] = [:]
        for member in layers.flatMap({ AttributeText($0.text).members }) {
            guard let tag = TagDigits(member.tag) else { continue }
            members[tag] = member.value.elementsEqual(Self.null) ? nil : member
        }
        for tag in tags(ownedIn: members.values) { values[tag] = members[tag]?.value }
    }

    /// The private attributes that are wanted, and the elements that reserve their blocks.
    private func tags(ownedIn members: some Collection<AttributeText.Member>) -> Set<TagDigits> {
        var tags: Set<TagDigits> = []
        for member in members where member.tag.dropFirst(4).starts(with: Self.reserving) {
            for wish in owned where member.tag.starts(with: wish.group) && member.isOne(wish.creator) {
                for digits in [Array(member.tag), wish.group + member.tag.suffix(2) + wish.element] {
                    TagDigits(digits).map { _ = tags.insert($0) }
                }
            }
        }
        return tags
    }

    private static let null = Array("null".utf8)
    /// How the element number of a Private Creator begins.
    private static let reserving = Array("00".utf8)

    /// The JSON array; `[]` when nothing matched.
    package func finished() -> [UInt8] { bytes + [UInt8(ascii: "]")] }

    private mutating func append(_ members: [(key: TagDigits, value: ArraySlice<UInt8>)]) {
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        isEmpty = false
        var separator = UInt8(ascii: "{")
        for member in members {
            bytes.append(separator)
            bytes.append(UInt8(ascii: "\""))
            member.key.append(to: &bytes)
            bytes.append(UInt8(ascii: "\""))
            bytes.append(UInt8(ascii: ":"))
            bytes += member.value
            separator = UInt8(ascii: ",")
        }
        bytes.append(UInt8(ascii: "}"))
    }

    static func attribute(_ vr: VR, _ values: [String]) -> [UInt8] {
        let list = values.isEmpty ? "" : ",\"Value\":[\(values.joined(separator: ","))]"
        return Array("{\"vr\":\"\(vr.rawValue)\"\(list)}".utf8)
    }
}
