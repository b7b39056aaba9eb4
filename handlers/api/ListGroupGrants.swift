import FunctionRuntime
import HTTPModel
import Portal

/// Lists the patients that are granted to a group, as far as the caller sees them.
///
/// - Throws: 404.
struct ListGroupGrants: Function {
    static let route: Route = "GET /api/groups/{id}/grants"
    static let access: Access = .permission("manageUsers")
    static let contract = Contract(QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        let groups = Groups(database: context.database, caller: context.caller)
        return try request.answer(try groups.grants(of: try request.parameter("id"), try request.pageRequest()))
    }
}
