import FunctionRuntime
import HTTPModel
import Portal

/// Removes a patient; its studies are kept and wait for a patient again.
///
/// - Throws: 404; 403 when the caller sees the patient but may not remove it; 412.
struct DeletePatient: Function {
    static let route: Route = "DELETE /api/patients/{id}"
    static let access: Access = .permission("delete")

    func respond(to request: Request, in context: Context) throws -> Response {
        let patients = Patients(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        try patients.remove(try request.parameter("id")) { try request.requireRevision($0) }
        return Response(status: 204)
    }
}
