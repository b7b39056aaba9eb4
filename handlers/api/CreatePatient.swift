import FunctionRuntime
import HTTPModel
import Portal

/// Makes a patient.
///
/// - Throws: 409 `patient.conflict` when id and issuer are taken; 422 with the broken fields.
struct CreatePatient: Function {
    static let route: Route = "POST /api/patients"
    static let access: Access = .permission("editPatients")

    func respond(to request: Request, in context: Context) throws -> Response {
        let draft = try request.json(as: PatientDraft.self)
        let patients = Patients(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        var made: PatientRecord?
        let id = try Creations(database: context.database, caller: context.caller)
            .once(request.headers["Idempotency-Key"], kind: "patient") {
                let patient = try patients.make(draft)
                made = patient
                return patient.id
            }
        let patient = try made ?? patients.find(id)
        return try request.answer(
            patient, revision: patient.revision, status: 201, location: "/api/patients/\(patient.id)")
    }
}
