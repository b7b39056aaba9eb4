import FunctionRuntime
import HTTPModel
import Portal

/// Lists a patient's studies with their series and the addresses of their thumbnails, the newest first, and
/// notes who looked.
///
/// - Throws: 404 when the patient is absent or hidden from the caller.
struct ListPatientStudies: Function {
    static let route: Route = "GET /api/patients/{id}/studies"
    static let access: Access = .permission("view")
    static let contract = Contract(QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        let patient = try Patients(database: context.database, caller: context.caller)
            .find(try request.parameter("id"))
        try context.visits.note(.patientViewed, patient: patient.id, by: context.caller, at: request.remoteAddress)
        let studies = StudyOverviews(database: context.database, caller: context.caller)
        return try request.answer(try studies.list(ofPatient: patient.id, try request.pageRequest()))
    }
}
