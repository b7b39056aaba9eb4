extension DataSet {
    /// The first value as a whole number.
    ///
    /// - Returns: nil when it is absent, is not a number, or has a fraction.
    package func int(_ tag: Tag) -> Int? { ints(tag, limit: 1).first }

    /// The values as whole numbers; empty when one of them is none.
    package func ints(_ tag: Tag) -> [Int] { ints(tag, limit: .max) }

    /// The first value as a number.
    package func double(_ tag: Tag) -> Double? { doubles(tag, limit: 1).first }

    /// The values as numbers; empty when one of them is none.
    package func doubles(_ tag: Tag) -> [Double] { doubles(tag, limit: .max) }

    /// The items of a sequence; empty when there are none.
    package func items(_ tag: Tag) -> [DataSet] {
        guard case .items(let items)? = self[tag]?.value else { return [] }
        return items
    }

    /// The bytes of the value with its padding, in little endian; nil when it was left in the source.
    package func bytes(_ tag: Tag) -> [UInt8]? {
        guard case .bytes(let bytes)? = self[tag]?.value else { return nil }
        return bytes
    }

    private func ints(_ tag: Tag, limit: Int) -> [Int] {
        guard let element = self[tag], case .bytes(let bytes) = element.value else { return [] }
        if element.vr.isText { return Self.all(strings(tag).prefix(limit), Numbers.integer) }
        return Self.all(Numbers.integers(bytes, element.vr).prefix(limit)) { Int(exactly: $0) }
    }

    private func doubles(_ tag: Tag, limit: Int) -> [Double] {
        guard let element = self[tag], case .bytes(let bytes) = element.value else { return [] }
        if element.vr.isText { return Self.all(strings(tag).prefix(limit), Numbers.double) }
        return Array(Numbers.doubles(bytes, element.vr).prefix(limit))
    }

    /// `transform` of each value, or nothing when it fails for one.
    private static func all<From, To>(_ values: some Collection<From>, _ transform: (From) -> To?) -> [To] {
        let made = values.compactMap(transform)
        return made.count == values.count ? made : []
    }
}
