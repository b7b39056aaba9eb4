/// An attribute of a data set with its value.
package struct DataElement: Sendable {
    package let tag: Tag
    package let vr: VR
    package let value: Value
    /// A sequence that ends with a delimiter instead of saying its length; kept so that it is written the same way.
    var hasUndefinedLength = false

    package init(_ tag: Tag, _ vr: VR, _ value: Value) {
        (self.tag, self.vr, self.value) = (tag, vr, value)
    }
}

/// What a data element holds.
package enum Value: Sendable, Equatable {
    /// The bytes as stored, padding included, numbers in little endian whatever the transfer syntax was.
    case bytes([UInt8])
    case items([DataSet])
    /// Encapsulated Pixel Data left in the source: the byte range of each item's value. The first one is the Basic
    /// Offset Table, the others are fragments.
    case fragments([Range<Int>])
    /// A large value left in the source, in the byte order of the source (``DataSet/isSourceBigEndian``).
    case deferred(offset: Int, length: Int)
}

extension DataElement: Equatable {
    /// Equality of what they say; how the length of a sequence is written does not count.
    package static func == (left: DataElement, right: DataElement) -> Bool {
        left.tag == right.tag && left.vr == right.vr && left.value == right.value
    }
}

extension DataElement {
    /// There is no value (or a sequence without items).
    package var isEmpty: Bool {
        switch value {
        case .bytes(let bytes): bytes.isEmpty
        case .items(let items): items.isEmpty
        case .fragments(let fragments): fragments.isEmpty
        case .deferred(_, let length): length == 0
        }
    }
}
