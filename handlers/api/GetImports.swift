import FunctionRuntime
import HTTPModel
import Importing

/// Lists the caller's imports, the newest first; `administer` on all lists everyone's.
///
/// - Throws: 400 for a malformed `limit` or `after`.
struct GetImports: Function {
    static let route: Route = "GET /api/imports"
    static let access = Access.permission("import")

    func respond(to request: Request, in context: Context) throws -> Response {
        try .json(Imports(database: context.database, store: context.store).list(request, for: context.caller))
    }
}
