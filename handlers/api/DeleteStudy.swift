import FunctionRuntime
import HTTPModel
import Portal

/// Deletes a study, by its UID: in nobody's lists from now on, restorable for 30 days under what
/// `Location` names.
///
/// - Throws: 404; 403 when the caller sees the study but may not delete it.
struct DeleteStudy: Function {
    static let route: Route = "DELETE /api/studies/{study}"
    static let access: Access = .permission("delete")

    func respond(to request: Request, in context: Context) throws -> Response {
        let deletions = Deletions(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        let id = try deletions.delete(study: try request.parameter("study"))
        return Response(status: 204, headers: ["Location": "/api/deletions/\(id)"])
    }
}
