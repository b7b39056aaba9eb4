import FunctionRuntime
import HTTPModel
import Importing

/// Gives what became of each file of an import as a JSON file.
///
/// - Throws: 404; 409 `import.open` while it goes on.
struct DownloadImportReport: Function {
    static let route: Route = "GET /api/imports/{id}/report.json"
    static let access = Access.permission("import")

    func respond(to request: Request, in context: Context) throws -> Response {
        let id = try request.parameter("id")
        return try .json(
            ["files": context.imports.rows(of: id, for: context.caller)],
            headers: ["Content-Disposition": "attachment; filename=\"import-\(id).json\""])
    }
}
