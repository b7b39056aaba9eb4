import FunctionRuntime
import HTTPModel
import Importing

/// Lists the caller's imports, the newest first; `administer` on all lists everyone's.
///
/// - Throws: 400 for a malformed `limit` or `after`.
struct ListImports: Function {
    static let route: Route = "GET /api/imports"
    static let access = Access.permission("import")
    static let contract = Contract(QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        try request.answer(try context.imports.list(try request.pageRequest(), for: context.caller))
    }
}
