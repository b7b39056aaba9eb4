import FunctionRuntime
import HTTPModel
import Portal

/// Shows one group.
///
/// - Throws: 404.
struct ShowGroup: Function {
    static let route: Route = "GET /api/groups/{id}"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let group = try Groups(database: context.database, caller: context.caller)
            .find(try request.parameter("id"))
        return try request.answer(group, revision: group.revision)
    }
}
