import FunctionRuntime
import HTTPModel
import Portal

/// Lists what was deleted and can be restored, as far as the caller may, the newest first.
struct ListDeletions: Function {
    static let route: Route = "GET /api/deletions"
    static let access: Access = .permission("delete")
    static let contract = Contract(QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        let deletions = Deletions(database: context.database, caller: context.caller)
        return try request.answer(try deletions.list(try request.pageRequest()))
    }
}
