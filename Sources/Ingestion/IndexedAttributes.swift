import DICOM

/// The part of a data set that the index keeps as DICOM JSON, level by level, and bounded.
struct IndexedAttributes {
    /// The longest text of one attribute in the index, in bytes; the file and the metadata hold all of it.
    private static let longestText = 1024
    /// The longest sequence, all its items together, in bytes.
    private static let longestSequence = 8192
    /// The most attributes of one level.
    private static let most = 120

    private(set) var study: DataSet
    private(set) var series: DataSet
    private(set) var instance: DataSet
    /// Whether something was cut or left out for its length.
    private(set) var isCut = false

    init(_ dataSet: DataSet) {
        (study, series, instance) = (dataSet.emptied, dataSet.emptied, dataSet.emptied)
        for element in dataSet.elements where !element.tag.isPrivate && element.tag.element != 0 {
            switch AttributeLevel.of(element.tag) {
            case .study: keep(element, in: \.study)
            case .series: keep(element, in: \.series)
            case .instance where AttributeLevel.ofInstance.contains(element.tag): keep(element, in: \.instance)
            case .instance: continue
            }
        }
        guard let characterSet = dataSet[.specificCharacterSet] else { return }
        for level in [\IndexedAttributes.study, \.series, \.instance] { self[keyPath: level].set(characterSet) }
    }

    private mutating func keep(_ element: DataElement, in level: WritableKeyPath<IndexedAttributes, DataSet>) {
        guard self[keyPath: level].elements.count < Self.most, let short = shortened(element) else {
            isCut = true
            return
        }
        self[keyPath: level].set(short)
    }

    private mutating func shortened(_ element: DataElement) -> DataElement? {
        switch element.value {
        case .bytes(let bytes) where bytes.count <= Self.longestText: return element
        case .bytes(let bytes) where Self.texts.contains(element.vr):
            isCut = true
            return DataElement(element.tag, element.vr, .bytes(Array(bytes.prefix(Self.longestText))))
        case .items(let items) where Self.length(items, depth: 0) <= Self.longestSequence: return element
        case .bytes, .items, .fragments, .deferred: return nil
        }
    }

    private static let texts: Set<VR> = [.AE, .CS, .LO, .LT, .PN, .SH, .ST, .UC, .UR, .UT]

    /// The bytes of all values below; too many levels or a value left in the file count as too long.
    private static func length(_ items: [DataSet], depth: Int) -> Int {
        let deepest = 8
        guard depth < deepest else { return .max }
        var sum = 0
        for element in items.lazy.flatMap(\.elements) {
            let length: Int
            switch element.value {
            case .bytes(let bytes): length = bytes.count
            case .items(let items): length = self.length(items, depth: depth + 1)
            case .fragments, .deferred: return .max
            }
            guard length <= longestSequence else { return .max }
            sum += length + 8
            guard sum <= longestSequence else { return .max }
        }
        return sum
    }
}
