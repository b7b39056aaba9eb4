/// A list of data elements in the order of their tags: of a file, of a message, or of an item of a sequence.
package struct DataSet: Sendable {
    /// By tag, each one once.
    package private(set) var elements: [DataElement] = []
    /// How the text is encoded: Specific Character Set (0008,0005) here, or that of the data set around an item.
    package internal(set) var characterSet = SpecificCharacterSet.ascii
    /// The bytes of ``Value/deferred(offset:length:)`` are in big endian.
    package internal(set) var isSourceBigEndian = false
    /// An item that ends with a delimiter instead of saying its length; kept so that it is written the same way.
    var hasUndefinedLength = false

    package init() {}

    /// Takes elements in any order; of two with the same tag the first one counts.
    package init(_ elements: [DataElement]) {
        self.init(elements, characterSet: .ascii)
    }

    init(_ elements: [DataElement], characterSet inherited: SpecificCharacterSet) {
        self.elements = elements
        sort()
        characterSet = SpecificCharacterSet(of: self)?.falling(backAs: inherited) ?? inherited
    }

    package subscript(tag: Tag) -> DataElement? {
        let place = place(of: tag)
        return place < elements.count && elements[place].tag == tag ? elements[place] : nil
    }

    package var isEmpty: Bool { elements.isEmpty }
}

extension DataSet {
    /// Adds `element`, in place of one with the same tag.
    ///
    /// A new Specific Character Set says how the other values are to be read; it does not convert them.
    package mutating func set(_ element: DataElement) {
        let place = place(of: element.tag)
        if place < elements.count, elements[place].tag == element.tag {
            elements[place] = element
        } else {
            elements.insert(element, at: place)
        }
        guard element.tag == .specificCharacterSet else { return }
        characterSet = (SpecificCharacterSet(of: self) ?? .ascii).falling(backAs: characterSet)
    }

    /// A data set without elements whose text will be read as that of this one.
    package var emptied: DataSet {
        var empty = self
        empty.elements = []
        return empty
    }

    package mutating func remove(_ tag: Tag) {
        let place = place(of: tag)
        guard place < elements.count, elements[place].tag == tag else { return }
        elements.remove(at: place)
    }

    /// Removes the elements that `isUnwanted`.
    package mutating func removeAll(where isUnwanted: (DataElement) -> Bool) {
        elements.removeAll(where: isUnwanted)
    }

    /// The index of the first element that does not come before `tag`.
    private func place(of tag: Tag) -> Int {
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low &+ high) / 2
            if elements[middle].tag < tag { low = middle &+ 1 } else { high = middle }
        }
        return low
    }

    private mutating func sort() {
        let isSorted = zip(elements, elements.dropFirst()).allSatisfy { $0.tag < $1.tag }
        if isSorted { return }
        let ordered = elements.enumerated().sorted { ($0.element.tag, $0.offset) < ($1.element.tag, $1.offset) }
        elements.removeAll(keepingCapacity: true)
        for (_, element) in ordered where element.tag != elements.last?.tag { elements.append(element) }
    }
}

extension DataSet: Equatable {
    /// Equality of the elements; how the length of an item is written does not count.
    package static func == (left: DataSet, right: DataSet) -> Bool { left.elements == right.elements }
}
