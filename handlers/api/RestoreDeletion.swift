import FunctionRuntime
import HTTPModel
import Portal

/// Undoes a deletion.
///
/// - Throws: 404; 409 `patient.conflict` when another patient has the id meanwhile, `deletion.patientDeleted` for a study whose
///   patient was deleted afterwards.
struct RestoreDeletion: Function {
    static let route: Route = "POST /api/deletions/{id}/restore"
    static let access: Access = .permission("delete")
    static let contract = Contract(gives: [])

    func respond(to request: Request, in context: Context) throws -> Response {
        let deletions = Deletions(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        try deletions.restore(try request.parameter("id"))
        return Response(status: 204)
    }
}
