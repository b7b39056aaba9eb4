import FunctionRuntime
import HTTPModel
import Portal

/// Removes a state of the workflow that no patient is in.
///
/// - Throws: 404; 403 unless the caller administers all; 409 `status.initial`, `status.inUse`.
struct DeleteStatus: Function {
    static let route: Route = "DELETE /api/statuses/{code}"
    static let access: Access = .permission("administer")

    func respond(to request: Request, in context: Context) throws -> Response {
        try Rights(database: context.database, caller: context.caller).requireOnAll(.administer)
        let statuses = Statuses(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        try statuses.remove(try request.parameter("code"))
        return Response(status: 204)
    }
}
