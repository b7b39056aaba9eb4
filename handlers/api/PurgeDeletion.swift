import FunctionRuntime
import HTTPModel
import Portal

/// Removes for good what was deleted: the second step, which nothing undoes.
///
/// - Throws: 404.
struct PurgeDeletion: Function {
    static let route: Route = "DELETE /api/deletions/{id}"
    static let access: Access = .permission("delete")

    func respond(to request: Request, in context: Context) throws -> Response {
        let deletions = Deletions(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        try deletions.purge(try request.parameter("id"))
        return Response(status: 204)
    }
}
