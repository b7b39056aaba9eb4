import FunctionRuntime
import HTTPModel
import Portal

/// Removes a group; its members lose what it gave them.
///
/// - Throws: 404; 403 `rights.beyond`; 409 `users.lastManager`; 412.
struct DeleteGroup: Function {
    static let route: Route = "DELETE /api/groups/{id}"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let groups = Groups(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        try groups.remove(try request.parameter("id")) { try request.requireRevision($0) }
        return Response(status: 204)
    }
}
