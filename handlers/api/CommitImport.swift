import FunctionRuntime
import HTTPModel
import Importing

/// Says that all files of an import have come: a job stores them. Said again, it tells how far that is.
///
/// - Throws: 404; 400 `import.empty`; 409 `import.incomplete`, `import.notReceiving`.
struct CommitImport: Function {
    static let route: Route = "POST /api/imports/{id}/commit"
    static let access = Access.permission("import")
    static let contract = Contract([
        QueryParameter("partial", .truth, "Whether to store what has come although files are missing."),
        ImportWish.onExisting,
    ])

    func respond(to request: Request, in context: Context) throws -> Response {
        let state = try context.imports.commit(
            try request.parameter("id"), isPartial: try request.queryTruth("partial"),
            onExisting: try ImportWish.onExisting(of: request), by: context.caller, at: request.remoteAddress)
        return try .json(state, status: 202)
    }
}
