import DICOM
import Portal

/// The part of a data set that the index keeps as DICOM JSON, level by level, and bounded.
struct IndexedAttributes {
    /// The longest text of one attribute in the index, in bytes; the file and the metadata hold all of it.
    private static let longestText = 1024
    /// The longest sequence, all its items together, in bytes.
    private static let longestSequence = 8192
    /// The most attributes of one level.
    private static let most = 120
    /// The most of the others, and the most bytes of their values together.
    private static let (mostOthers, longestOthers) = (400, 32_768)

    private(set) var study: DataSet
    private(set) var series: DataSet
    private(set) var instance: DataSet
    /// The series' attributes, in which its instances may differ, and every other one that is short and no bulk data,
    /// private ones among them.
    private(set) var others: DataSet
    /// Whether something of the three levels was cut or left out for its length.
    private(set) var isCut = false

    init(_ dataSet: DataSet) {
        (study, series, instance) = (dataSet.emptied, dataSet.emptied, dataSet.emptied)
        others = dataSet.emptied
        var (kept, bytes): ([DataElement], Int) = ([], 0)
        for element in dataSet.elements where element.tag.element != 0 && element.tag != .specificCharacterSet {
            switch AttributeLevel.of(element.tag) {
            case .study:
                keep(element, in: \.study)
                continue
            case .series: keep(element, in: \.series)
            case .instance where AttributeLevel.ofInstance.contains(element.tag):
                keep(element, in: \.instance)
                continue
            case .instance: break
            }
            guard let length = Self.length(ofOther: element), kept.count < Self.mostOthers,
                bytes + length <= Self.longestOthers
            else { continue }
            kept.append(element)
            bytes += length
        }
        for element in kept { others.set(element) }
        guard let characterSet = dataSet[.specificCharacterSet] else { return }
        for level in [\IndexedAttributes.study, \.series, \.instance, \.others] {
            self[keyPath: level].set(characterSet)
        }
    }

    /// - Returns: `nil` for what is too long to be matched, and for bulk data.
    private static func length(ofOther element: DataElement) -> Int? {
        switch element.value {
        case .bytes(let bytes) where element.vr == .UN: bytes.count <= longestUnknown ? bytes.count : nil
        case .bytes(let bytes) where !bulk.contains(element.vr): bytes.count <= longestText ? bytes.count : nil
        case .items(let items): short(length(items, depth: 0))
        case .bytes, .fragments, .deferred: nil
        }
    }

    private static func short(_ length: Int) -> Int? { length <= longestSequence ? length : nil }

    private static let bulk: Set<VR> = [.OB, .OD, .OF, .OL, .OV, .OW]
    /// A value without a VR, as private ones are in Implicit VR, may be a word.
    private static let longestUnknown = 256

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
