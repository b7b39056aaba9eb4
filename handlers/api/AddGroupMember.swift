import FunctionRuntime
import HTTPModel
import Portal

/// Puts an account into a group; twice is the same as once.
///
/// - Throws: 404; 403 `rights.beyond`.
struct AddGroupMember: Function {
    static let route: Route = "PUT /api/groups/{id}/members/{user}"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let groups = Groups(database: context.database, caller: context.caller, address: request.remoteAddress)
        try groups.add(member: try request.parameter("user"), to: try request.parameter("id"))
        return Response(status: 204)
    }
}
