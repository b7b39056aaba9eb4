import FunctionRuntime
import HTTPModel
import Portal

/// Takes an account out of a group; it holds from the next request on.
///
/// - Throws: 404; 403 `rights.beyond`; 409 `users.lastManager`.
struct RemoveGroupMember: Function {
    static let route: Route = "DELETE /api/groups/{id}/members/{user}"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let groups = Groups(database: context.database, caller: context.caller, address: request.remoteAddress)
        try groups.remove(member: try request.parameter("user"), from: try request.parameter("id"))
        return Response(status: 204)
    }
}
