import FunctionRuntime
import HTTPModel
import Portal

/// Lists the accounts in a group.
///
/// - Throws: 404.
struct ListGroupMembers: Function {
    static let route: Route = "GET /api/groups/{id}/members"
    static let access: Access = .permission("manageUsers")
    static let contract = Contract(QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        let groups = Groups(database: context.database, caller: context.caller)
        return try request.answer(try groups.members(of: try request.parameter("id"), try request.pageRequest()))
    }
}
