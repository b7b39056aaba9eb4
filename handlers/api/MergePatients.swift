import FunctionRuntime
import HTTPModel
import Portal

/// Makes another file part of this patient's: its studies, grants and accounts go over, and what arrives under its id.
///
/// - Throws: 404; 403 unless the caller may change both; 422 `merge.same`.
struct MergePatients: Function {
    static let route: Route = "POST /api/patients/{id}/merge"
    static let access: Access = .permission("editPatients")

    private struct Choice: Decodable {
        /// The id of the file that becomes a part.
        let from: String
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let id = try request.parameter("id")
        let merging = Merging(database: context.database, caller: context.caller, address: request.remoteAddress)
        try merging.merge(try request.json(as: Choice.self).from, into: id)
        let patient = try Patients(database: context.database, caller: context.caller).find(id)
        return try request.answer(patient, revision: patient.revision)
    }
}
