import FunctionRuntime
import HTTPModel
import Portal

/// Lists the accounts in a group.
///
/// - Throws: 404.
struct ListGroupMembers: Function {
    static let route: Route = "GET /api/groups/{id}/members"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        try request.requireQuery(only: ["limit", "after"])
        let groups = Groups(database: context.database, caller: context.caller)
        return try request.answer(try groups.members(of: try request.parameter("id"), try request.pageRequest()))
    }
}
