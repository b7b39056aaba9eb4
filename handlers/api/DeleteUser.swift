import FunctionRuntime
import HTTPModel
import Portal

/// Removes an account with its sessions and tokens; what it did stays in the record.
///
/// - Throws: 404; 403 `rights.beyond`; 409 `users.lastManager`; 412.
struct DeleteUser: Function {
    static let route: Route = "DELETE /api/users/{id}"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let accounts = Accounts(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        try accounts.remove(try request.parameter("id")) { try request.requireRevision($0) }
        return Response(status: 204)
    }
}
