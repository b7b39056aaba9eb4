import FunctionRuntime
import HTTPModel
import Portal

/// Lists the groups by name.
struct ListGroups: Function {
    static let route: Route = "GET /api/groups"
    static let access: Access = .permission("manageUsers")
    static let contract = Contract(
        [
            QueryParameter("q", "Part of a name.")
        ] + QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        let groups = Groups(database: context.database, caller: context.caller)
        return try request.answer(
            try groups.list(try request.pageRequest(), containing: try request.queryValue("q")))
    }
}
