import FunctionRuntime
import HTTPModel
import Portal

/// Says who did what with a patient's file and studies, the newest first.
///
/// - Throws: 404; 403 unless the caller may change the patient, or administers all.
struct ListPatientAudit: Function {
    static let route: Route = "GET /api/patients/{id}/audit"
    static let access: Access = .permission("view")
    static let contract = Contract(
        AuditFilter.parameters.filter { ["action", "study"].contains($0.name) } + QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        let id = try request.parameter("id")
        let rights = Rights(database: context.database, caller: context.caller)
        if context.caller.holdsOnAll(.administer) {
            guard try rights.saw(patient: id) else { throw PortalError.notFound }
        } else {
            try rights.require(.editPatients, patient: id)
        }
        var filter = AuditFilter()
        filter.patient = id
        filter.study = try request.queryValue("study")
        filter.action = try request.queryValue("action")
        let audit = AuditList(database: context.database, caller: context.caller)
        return try request.answer(try audit.list(filter, try request.pageRequest()))
    }
}
