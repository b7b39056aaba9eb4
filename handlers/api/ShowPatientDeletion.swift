import FunctionRuntime
import HTTPModel
import Portal

/// Says what deleting a patient takes away, and how long it can be undone.
///
/// - Throws: 404; 403 when the caller sees the patient but may not delete it.
struct ShowPatientDeletion: Function {
    static let route: Route = "GET /api/patients/{id}/deletion"
    static let access: Access = .permission("delete")

    func respond(to request: Request, in context: Context) throws -> Response {
        let deletions = Deletions(database: context.database, caller: context.caller)
        return try request.answer(try deletions.plan(patient: try request.parameter("id")))
    }
}
