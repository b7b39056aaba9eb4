/// A piece of a list: `{"items": […], "next": "<cursor>"|null, "total": n|null}`.
package struct Page<Item> {
    package let items: [Item]
    /// Where the next piece begins; `nil` at the end.
    package let next: String?
    /// How many there are in all; `nil` when nobody counted so far.
    package let total: Int?

    package init(items: [Item], next: String?, total: Int?) {
        self.items = items
        self.next = next
        self.total = total
    }

    static var empty: Self { Self(items: [], next: nil, total: 0) }

    /// Takes one row more than the page holds: that one tells whether there is a next page.
    init(_ found: [Item], limit: Int, total: Int?, cursor: (Item) -> Cursor) {
        items = Array(found.prefix(limit))
        next = found.count > limit ? items.last.map { cursor($0).text } : nil
        self.total = total
    }
}

extension Page: Sendable where Item: Sendable {}
extension Page: Equatable where Item: Equatable {}

extension Page: Encodable where Item: Encodable {
    private enum Key: String, CodingKey { case items, next, total }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
        try container.encode(total, forKey: .total)
    }
}

/// Which piece of a list is wanted.
package struct PageRequest: Sendable, Equatable {
    package static let largest = 200

    package let limit: Int
    package let after: String?

    /// - Parameter limit: 1 to 200.
    /// - Throws: `PortalError.malformed` `query.limit.invalid`.
    package init(limit: Int = 50, after: String? = nil) throws(PortalError) {
        guard (1...Self.largest).contains(limit) else {
            throw .malformed(
                code: "query.limit.invalid", field: "limit", details: ["largest": "\(Self.largest)"])
        }
        self.limit = limit
        self.after = after
    }

    /// The place after which the page begins.
    ///
    /// - Throws: `PortalError.malformed` `query.after.invalid` for what is no cursor of this list.
    func cursor(parts: Int) throws(PortalError) -> Cursor? {
        guard let after else { return nil }
        guard let cursor = Cursor(text: after, count: parts) else {
            throw .malformed(code: "query.after.invalid", field: "after")
        }
        return cursor
    }

    /// The same where the place is a value and the id of a row.
    func cursorOfRow() throws(PortalError) -> Cursor? {
        guard let cursor = try cursor(parts: 2) else { return nil }
        guard isUUID(cursor.parts[1]) else { throw .malformed(code: "query.after.invalid", field: "after") }
        return cursor
    }
}

/// The sort key of the last row of a page, opaque to clients.
struct Cursor: Equatable {
    private static let separator: Character = "\u{1F}"  // ASCII unit separator: in no key of ours

    let parts: [String]

    init(_ parts: String...) { self.parts = parts }

    init?(text: String, count: Int) {
        guard let bytes = Base64URL.decode(text), let joined = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        parts = joined.split(separator: Self.separator, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == count, !parts.contains(where: { $0.utf8.contains(0) }) else { return nil }
    }

    var text: String { Base64URL.encode(Array(parts.joined(separator: String(Self.separator)).utf8)) }
}
