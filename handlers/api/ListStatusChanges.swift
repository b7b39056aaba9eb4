import FunctionRuntime
import HTTPModel
import Portal

/// Lists how a patient went through the workflow: who changed the status, when, and why; the last change first.
///
/// - Throws: 404 when the patient is absent or hidden from the caller.
struct ListStatusChanges: Function {
    static let route: Route = "GET /api/patients/{id}/statuses"
    static let access: Access = .permission("view")
    static let contract = Contract(QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        let patients = Patients(database: context.database, caller: context.caller)
        return try request.answer(
            try patients.statusChanges(of: try request.parameter("id"), try request.pageRequest()))
    }
}
