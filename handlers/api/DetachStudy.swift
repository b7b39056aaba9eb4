import FunctionRuntime
import HTTPModel
import Portal

/// Puts a study back among those that wait for a patient; it is shown as its files are again.
///
/// - Throws: 404; 403.
struct DetachStudy: Function {
    static let route: Route = "POST /api/inbox/{study}/detach"
    static let access: Access = .permission("editPatients")

    func respond(to request: Request, in context: Context) throws -> Response {
        try Inbox(database: context.database, caller: context.caller, address: request.remoteAddress)
            .detach(study: try request.parameter("study"))
        return Response(status: 204)
    }
}
