import FunctionRuntime
import HTTPModel
import Portal

/// Shows one patient, and notes who looked.
///
/// - Throws: 404 when the patient is absent or hidden from the caller.
struct ShowPatient: Function {
    static let route: Route = "GET /api/patients/{id}"
    static let access: Access = .permission("view")

    func respond(to request: Request, in context: Context) throws -> Response {
        let patient = try Patients(database: context.database, caller: context.caller)
            .find(try request.parameter("id"))
        try context.visits.note(.patientViewed, patient: patient.id, by: context.caller, at: request.remoteAddress)
        return try request.answer(patient, revision: patient.revision)
    }
}
