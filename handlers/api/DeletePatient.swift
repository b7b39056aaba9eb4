import FunctionRuntime
import HTTPModel
import Portal

/// Deletes a patient with its studies: in nobody's lists from now on, restorable for 30 days under what
/// `Location` names.
///
/// - Throws: 404; 403 when the caller sees the patient but may not delete it; 412.
struct DeletePatient: Function {
    static let route: Route = "DELETE /api/patients/{id}"
    static let access: Access = .permission("delete")

    func respond(to request: Request, in context: Context) throws -> Response {
        let deletions = Deletions(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        let id = try deletions.delete(patient: try request.parameter("id")) { try request.requireRevision($0) }
        return Response(status: 204, headers: ["Location": "/api/deletions/\(id)"])
    }
}
