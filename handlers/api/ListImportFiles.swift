import FunctionRuntime
import HTTPModel
import Importing

/// Lists the files of an import and how much of each is here, for whoever goes on sending.
///
/// - Throws: 404; 400 for a malformed `limit` or `after`.
struct ListImportFiles: Function {
    static let route: Route = "GET /api/imports/{id}/files"
    static let access = Access.permission("import")
    static let contract = Contract([
        QueryParameter("limit", .number, "How many items at most: up to 10000."),
        QueryParameter("after", "Where the page begins: the value of `next` in the page before."),
    ])

    func respond(to request: Request, in context: Context) throws -> Response {
        try request.answer(
            try context.imports.files(
                of: request.parameters["id"], limit: try request.queryValue("limit"),
                after: try request.queryValue("after"), for: context.caller))
    }
}
