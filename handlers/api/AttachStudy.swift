import FunctionRuntime
import HTTPModel
import Portal

/// Gives a study without a patient its patient; no DICOM answer changes by that.
///
/// - Throws: 404; 403; 409 `study.attached` when it has another patient already; 422 `inbox.patient.unknown`,
///   `inbox.correct.unsupported`.
struct AttachStudy: Function {
    static let route: Route = "POST /api/inbox/{study}/attach"
    static let access: Access = .permission("editPatients")

    private struct Choice: Decodable {
        let patient: String
        let correct: Bool?
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let choice = try request.json(as: Choice.self)
        guard choice.correct != true else { throw PortalError.invalid("correct", "inbox.correct.unsupported") }
        try Inbox(database: context.database, caller: context.caller, address: request.remoteAddress)
            .attach(study: try request.parameter("study"), to: choice.patient)
        return Response(status: 204)
    }
}
