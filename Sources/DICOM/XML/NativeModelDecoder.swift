/// Makes data sets of the nodes of the Native DICOM Model.
struct NativeModelDecoder {
    let bulkData: BulkDataReference.Resolution

    func document(_ root: XMLNode) throws -> DataSet {
        guard root.name == "NativeDicomModel" else { throw root.error("no NativeDicomModel") }
        return try dataSet(root, path: "")
    }

    /// - Parameter path: of the item that is read, with a dot behind it; empty for a whole data set.
    private func dataSet(_ node: XMLNode, path: String) throws -> DataSet {
        try refuseText(node)
        var blocks = PrivateBlocks(node.children)
        var elements: [DataElement] = []
        for child in node.children {
            guard child.name == "DicomAttribute" else { throw child.error("no DicomAttribute") }
            let tag = try blocks.tag(child)
            if tag.isGroupLength { continue }
            let vr = try vr(of: tag, child)
            if let value = try value(child, tag, vr, path + tag.hex) { elements.append(DataElement(tag, vr, value)) }
        }
        return DataSet(utf8: elements + blocks.added)
    }

    private func vr(of tag: Tag, _ node: XMLNode) throws -> VR {
        guard let letters = node.attributes["vr"] else { return DataDictionary.vr(of: tag) ?? .UN }
        guard let vr = VR(rawValue: letters) else { throw node.error("the VR is unknown") }
        return vr
    }

    /// - Returns: nil when the attribute is left out, because nothing is known to stand at its URI.
    private func value(_ node: XMLNode, _ tag: Tag, _ vr: VR, _ path: String) throws -> Value? {
        try refuseText(node)
        guard let first = node.children.first else { return vr == .SQ ? .items([]) : .bytes([]) }
        guard node.children.allSatisfy({ $0.name == first.name }) else { throw node.error("values of several kinds") }
        switch first.name {
        case "Item" where vr == .SQ:
            return .items(try numbered(node).enumerated().map { try item($1, path: "\(path).\($0 + 1).") })
        case "Value" where vr.isText && vr != .PN:
            return .bytes(TextValues.bytes(try numbered(node).map { try $0.map(text) ?? "" }, vr))
        case "Value" where vr != .SQ && vr != .PN:
            return .bytes(try numbered(node).flatMap { try number($0, vr, node) })
        case "PersonName" where vr == .PN:
            return .bytes(TextValues.bytes(try numbered(node).map { try $0.map(name) ?? "" }, vr))
        case "InlineBinary" where vr != .SQ && node.children.count == 1:
            return .bytes(try base64(first))
        case "BulkData" where node.children.count == 1:
            guard let uri = first.attributes["uri"] else { throw first.error("no uri") }
            return try bulkData(BulkDataReference(path: path, tag: tag, vr: vr, uri: uri))
        default: throw first.error("an element that cannot stand here")
        }
    }

    /// The children in the order of their numbers, nil for one that is left out. Of items, each of which becomes a data
    /// set, no more are left out than are there.
    private func numbered(_ node: XMLNode) throws -> [XMLNode?] {
        let mostLeftOut = node.children.first?.name == "Item" ? node.children.count : 64
        var places: [XMLNode?] = []
        for child in node.children {
            let number = child.attributes["number"].map(Int.init) ?? places.count + 1
            guard let number, (1...node.children.count + mostLeftOut).contains(number) else {
                throw child.error("no number that a value can have")
            }
            while places.count < number { places.append(nil) }
            guard places[number - 1] == nil else { throw child.error("two values with one number") }
            places[number - 1] = child
        }
        return places
    }

    private func item(_ node: XMLNode?, path: String) throws -> DataSet {
        guard let node else { return DataSet(utf8: []) }
        var item = try dataSet(node, path: path)
        item.remove(.specificCharacterSet)  // the data set around it says the same
        return item
    }

    private func number(_ value: XMLNode?, _ vr: VR, _ node: XMLNode) throws -> [UInt8] {
        guard let value else { throw node.error("a number is left out") }
        guard let bytes = TextValues.bytes(ofNumber: try text(value), vr) else {
            throw value.error("no number of its VR")
        }
        return bytes
    }

    private func base64(_ node: XMLNode) throws -> [UInt8] {
        let letters = try text(node).utf8.filter { !Self.isSpace($0) }
        guard let bytes = Base64.decode(String(decoding: letters, as: UTF8.self)) else { throw node.error("no Base64") }
        return bytes
    }

    private func name(_ node: XMLNode) throws -> String {
        try refuseText(node)
        let groups = try named(node, PersonName.groupNames) { group in
            try refuseText(group)
            return try named(group, PersonName.componentNames, text).joined(separator: "^")
        }
        return groups.joined(separator: "=")
    }

    /// What `content` makes of the children with these names, in the order of the names and up to the last one there is.
    private func named(_ node: XMLNode, _ names: [String], _ content: (XMLNode) throws -> String) throws -> [String] {
        var parts: [String] = []
        for child in node.children {
            guard let place = names.firstIndex(of: child.name) else { throw child.error("no part of a name") }
            while parts.count <= place { parts.append("") }
            parts[place] = try content(child)
        }
        return parts
    }

    private func text(_ node: XMLNode) throws -> String {
        guard let child = node.children.first else { return node.text }
        throw child.error("an element that cannot stand here")
    }

    private func refuseText(_ node: XMLNode) throws {
        guard node.text.utf8.allSatisfy(Self.isSpace) else { throw node.error("text between elements") }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
