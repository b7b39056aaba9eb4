import FoundationEssentials
import HTTPModel

/// The function list as `handler list --json` prints it and the dispatcher reads it at start.
package struct FunctionListDocument: Codable {
    /// One function; `permission` stands beside the access `permission`.
    struct Line: Codable {
        let name: String
        let route: String
        let pool: Pool
        let access: String
        let permission: String?
        let bodyLimit: Int
        let deadline: Int
        let visit: String?
    }

    let functions: [Line]

    package init(_ entries: [FunctionEntry]) {
        functions = entries.map { entry in
            let (access, permission): (String, String?) =
                switch entry.access {
                case .open: ("open", nil)
                case .session: ("session", nil)
                case .permission(let name): ("permission", name)
                }
            return Line(
                name: entry.name, route: entry.route.description, pool: entry.pool, access: access,
                permission: permission, bodyLimit: entry.bodyLimit, deadline: entry.deadline,
                visit: entry.visit)
        }
    }

    /// - Throws: what is wrong with the document, as a `DecodingError`.
    package init(json: [UInt8]) throws { self = try JSONDecoder().decode(Self.self, from: Data(json)) }

    /// The functions in their order; lines whose route or access cannot be read are left out.
    package var entries: [FunctionEntry] {
        functions.compactMap { line in
            guard let route = Route(line.route), let access = Self.access(line), line.bodyLimit >= 0, line.deadline > 0
            else { return nil }
            return FunctionEntry(
                name: line.name, route: route, pool: line.pool, access: access, bodyLimit: line.bodyLimit,
                deadline: line.deadline, visit: line.visit)
        }
    }

    package var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
            return [UInt8](try encoder.encode(self))
        }
    }

    private static func access(_ line: Line) -> Access? {
        switch (line.access, line.permission) {
        case ("open", nil): .open
        case ("session", nil): .session
        case ("permission", .some(let name)): .permission(name)
        default: nil
        }
    }
}
