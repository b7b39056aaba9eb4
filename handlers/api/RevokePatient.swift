import FunctionRuntime
import HTTPModel
import Portal

/// Takes a patient from a group; it holds from the next request on.
///
/// - Throws: 404 also when the caller does not see the patient; 403 `rights.beyond`.
struct RevokePatient: Function {
    static let route: Route = "DELETE /api/groups/{id}/grants/{patient}"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let groups = Groups(database: context.database, caller: context.caller, address: request.remoteAddress)
        try groups.revoke(try request.parameter("patient"), from: try request.parameter("id"))
        return Response(status: 204)
    }
}
