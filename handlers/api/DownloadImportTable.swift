import FunctionRuntime
import HTTPModel
import Importing

/// Gives what became of each file of an import as comma-separated values for a spreadsheet.
///
/// - Throws: 404; 409 `import.open` while it goes on.
struct DownloadImportTable: Function {
    static let route: Route = "GET /api/imports/{id}/report.csv"
    static let access = Access.permission("import")
    static let contract = Contract(gives: ["text/csv"])

    func respond(to request: Request, in context: Context) throws -> Response {
        let id = try request.parameter("id")
        let rows = try context.imports.rows(of: id, for: context.caller)
        return Response(
            headers: [
                "Content-Type": "text/csv; charset=utf-8",
                "Content-Disposition": "attachment; filename=\"import-\(id).csv\"",
            ],
            body: .stream { write in
                try write(Array(ImportRow.header.utf8)[...])
                for row in rows { try write(Array(row.line.utf8)[...]) }
            })
    }
}
