import FunctionRuntime
import HTTPModel
import Portal

/// Takes a file out of a patient's again, with what came with it and is still there.
///
/// - Throws: 404; 403.
struct UndoMerge: Function {
    static let route: Route = "DELETE /api/patients/{id}/merges/{from}"
    static let access: Access = .permission("editPatients")

    func respond(to request: Request, in context: Context) throws -> Response {
        let merging = Merging(database: context.database, caller: context.caller, address: request.remoteAddress)
        try merging.undo(try request.parameter("from"), outOf: try request.parameter("id"))
        return Response(status: 204)
    }
}
