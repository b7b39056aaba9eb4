import FunctionRuntime
import HTTPModel
import Importing

/// Ends an import: what was received goes, what was stored stays.
///
/// - Throws: 404; 409 `import.ended`.
struct CancelImport: Function {
    static let route: Route = "POST /api/imports/{id}/cancel"
    static let access = Access.permission("import")
    static let contract = Contract(gives: [])

    func respond(to request: Request, in context: Context) throws -> Response {
        try context.imports.cancel(try request.parameter("id"), by: context.caller)
        return Response(status: 204)
    }
}
