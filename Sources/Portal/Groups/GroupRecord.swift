/// A group: what its members may, and for whom.
package struct GroupRecord: Sendable, Equatable, Encodable {
    package enum Scope: String, Sendable, Codable { case all, granted }

    package let id: String
    package let name: String
    package let permissions: [Permission]
    package let scope: Scope
    /// How many accounts.
    package let members: Int
    /// How many patients are granted to it that the reader sees.
    package let grants: Int
    package let revision: Int

    private enum CodingKeys: String, CodingKey { case id, name, permissions, scope, members, grants }
}

/// What a document says about a group.
package struct GroupDraft: Sendable, Decodable {
    package var name: Change<String>
    package var permissions: Change<[String]>
    package var scope: Change<String>

    private enum Key: String, CodingKey { case name, permissions, scope }

    package init(
        name: Change<String> = .keep, permissions: Change<[String]> = .keep, scope: Change<String> = .keep
    ) {
        self.name = name
        self.permissions = permissions
        self.scope = scope
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        name = try container.change(String.self, .name)
        permissions = try container.change([String].self, .permissions)
        scope = try container.change(String.self, .scope)
    }

    /// The draft as a whole document.
    package var replacing: GroupDraft {
        GroupDraft(name: name.replacing, permissions: permissions.replacing, scope: scope.replacing)
    }
}

/// A group's values after a draft, checked.
struct GroupFields: Equatable {
    private static let longestName = 100

    let name: String
    let permissions: [String]
    let isForAll: Bool

    /// - Throws: 422 `group.name.missing`, `group.name.tooLong`, `group.permissions.unknown`, `group.scope.unknown`.
    init(_ draft: GroupDraft, over current: GroupRecord?) throws(PortalError) {
        name = plain(draft.name.applied(to: current?.name ?? "", empty: ""))
        let wanted = draft.permissions.applied(to: current?.permissions.map(\.rawValue) ?? [], empty: [])
        permissions = Permission.allCases.map(\.rawValue).filter(wanted.contains)
        let scope = draft.scope.applied(to: (current?.scope ?? .granted).rawValue, empty: "granted")
        isForAll = scope == GroupRecord.Scope.all.rawValue
        var problems: [FieldProblem] = []
        if name.isEmpty { problems.append(FieldProblem(field: "name", code: "group.name.missing")) }
        if name.count > Self.longestName {
            problems.append(FieldProblem(field: "name", code: "group.name.tooLong", limit: Self.longestName))
        }
        if permissions.count != Set(wanted).count {
            problems.append(FieldProblem(field: "permissions", code: "group.permissions.unknown"))
        }
        if GroupRecord.Scope(rawValue: scope) == nil {
            problems.append(FieldProblem(field: "scope", code: "group.scope.unknown"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
    }
}

/// A line of text as people type it: without control characters, and without spaces at its ends.
func plain(_ text: String) -> String {
    let kept = text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    let line = String(String.UnicodeScalarView(kept))
    return String(line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
}
