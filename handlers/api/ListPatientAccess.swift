import FunctionRuntime
import HTTPModel
import Portal

/// Says who can see a patient, and which group and grant makes it so.
///
/// - Throws: 404; 403 without `manageUsers` for this patient.
struct ListPatientAccess: Function {
    static let route: Route = "GET /api/patients/{id}/access"
    static let access: Access = .permission("manageUsers")
    static let contract = Contract(QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        let access = PatientAccess(database: context.database, caller: context.caller)
        return try request.answer(try access.readers(of: try request.parameter("id"), try request.pageRequest()))
    }
}
