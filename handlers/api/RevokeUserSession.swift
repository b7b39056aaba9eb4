import FunctionRuntime
import HTTPModel
import Portal

/// Ends a sign-in or an access token of an account; it holds from the next request on.
///
/// - Throws: 404; 403 `rights.beyond`.
struct RevokeUserSession: Function {
    static let route: Route = "DELETE /api/users/{id}/sessions/{session}"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let accounts = Accounts(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        try accounts.revoke(session: try request.parameter("session"), of: try request.parameter("id"))
        return Response(status: 204)
    }
}
