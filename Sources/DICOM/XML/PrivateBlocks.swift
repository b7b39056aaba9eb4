/// The blocks of private attributes of one data set, by their creators.
///
/// - SeeAlso: PS3.5 §7.8.1.
struct PrivateBlocks {
    private var creators: [Tag: String] = [:]
    /// The creators of attributes that came without one.
    private(set) var added: [DataElement] = []

    /// Takes the creators that stand in the data set themselves, then those of blocks that attributes are in.
    init(_ attributes: [XMLNode]) {
        for node in attributes where node.attributes["privateCreator"] == nil {
            guard let tag = node.attributes["tag"].flatMap({ Tag(hex: $0) }), tag.isPrivateCreator else { continue }
            creators[tag] = node.children.first?.text
        }
        for node in attributes {
            guard let tag = node.attributes["tag"].flatMap({ Tag(hex: $0) }), tag.isPrivate, tag.element >= 0x1000,
                let creator = node.attributes["privateCreator"]
            else { continue }
            claim(Tag(tag.group, tag.element >> 8), creator)
        }
    }

    /// The tag of an attribute, in the block of its creator if the XML leaves the block open.
    mutating func tag(_ node: XMLNode) throws -> Tag {
        guard let tag = node.attributes["tag"].flatMap({ Tag(hex: $0) }) else { throw node.error("no tag") }
        guard tag.isPrivate, tag.element <= 0xFF, let creator = node.attributes["privateCreator"] else { return tag }
        let blocks = (UInt16(0x10)...0xFF).map { Tag(tag.group, $0) }
        let claimed = blocks.first { creators[$0] == creator }
        guard let block = claimed ?? blocks.first(where: { creators[$0] == nil }) else {
            throw node.error("no block of private attributes is free")
        }
        claim(block, creator)
        return Tag(tag.group, block.element << 8 | tag.element)
    }

    private mutating func claim(_ block: Tag, _ creator: String) {
        guard creators[block] == nil else { return }
        creators[block] = creator
        added.append(DataElement(block, .LO, .bytes(TextValues.bytes([creator], .LO))))
    }
}
