import FunctionRuntime
import HTTPModel
import Portal

/// Grants a patient to a group; twice is the same as once.
///
/// - Throws: 404 also when the caller does not see the patient; 403 `rights.beyond`.
struct GrantPatient: Function {
    static let route: Route = "PUT /api/groups/{id}/grants/{patient}"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let groups = Groups(database: context.database, caller: context.caller, address: request.remoteAddress)
        try groups.grant(try request.parameter("patient"), to: try request.parameter("id"))
        return Response(status: 204)
    }
}
