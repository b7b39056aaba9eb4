import FunctionRuntime
import HTTPModel
import Portal

/// Changes what a JSON merge patch (RFC 7396) names of a patient.
///
/// - Throws: 404; 403 when the caller sees the patient but may not change it; 409 `patient.conflict`; 412; 422.
struct ChangePatient: Function {
    static let route: Route = "PATCH /api/patients/{id}"
    static let access: Access = .permission("editPatients")

    func respond(to request: Request, in context: Context) throws -> Response {
        let draft = try request.json(as: PatientDraft.self)
        let patients = Patients(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        let patient = try patients.change(try request.parameter("id"), draft, replacing: false) {
            try request.requireRevision($0)
        }
        return try request.answer(patient, revision: patient.revision)
    }
}
