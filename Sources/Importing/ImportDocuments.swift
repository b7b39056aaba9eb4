import HTTPModel
import Portal

extension Imports {
    /// One import as the API shows it.
    package struct Shown: Sendable {
        package let tag: EntityTag
        /// JSON.
        package let document: [UInt8]
    }

    /// One line of the list of imports.
    package struct Item: Encodable, Sendable {
        let id: String
        let state: String
        let name: String
        let bytesTotal: Int
        let bytesDone: Int
        let startedAt: String
        let finishedAt: String?
    }

    /// - Parameter id: from a path; anything but a UUID names nothing.
    package func find(_ id: String, for caller: Caller) throws -> Shown? {
        try markInterrupted()
        guard isUUID(id), let (entry, report, receipt) = try records.find(id, for: caller) else { return nil }
        var members: [(name: String, value: JSONValue)] = [
            ("id", .string(entry.id)), ("state", .string(entry.state.rawValue)), ("name", .string(entry.name)),
            ("bytesTotal", .number("\(entry.bytesTotal)")), ("bytesDone", .number("\(entry.bytesDone)")),
            ("counts", try JSONReader.read(Array(entry.counts.utf8))), ("startedAt", .string(entry.startedAt)),
            ("finishedAt", entry.finishedAt.map(JSONValue.string) ?? .null),
            ("report", entry.state.isOpen ? .null : try JSONReader.read(Array(report.utf8))),
        ]
        if case .object(let received) = try JSONReader.read(Array(receipt.utf8)) { members += received }
        return Shown(
            tag: EntityTag(entry.state.rawValue, entry.bytesDone, entry.counts, entry.finishedAt ?? "", receipt),
            document: Array(JSONValue.object(members).text.utf8))
    }

    /// - Throws: `PortalError.malformed` for a cursor that is none.
    package func list(_ page: PageRequest, for caller: Caller) throws -> Page<Item> {
        guard page.after.map(isUUID) != false else {
            throw PortalError.malformed(code: "query.after.invalid", field: "after")
        }
        try markInterrupted()
        let entries = try records.list(for: caller, limit: page.limit + 1, after: page.after)
        let items = entries.prefix(page.limit).map {
            Item(
                id: $0.id, state: $0.state.rawValue, name: $0.name, bytesTotal: $0.bytesTotal, bytesDone: $0.bytesDone,
                startedAt: $0.startedAt, finishedAt: $0.finishedAt)
        }
        return Page(items: items, next: entries.count > page.limit ? items.last?.id : nil, total: nil)
    }
}
