import FunctionRuntime
import HTTPModel
import Importing

/// Says in headers how much of a file of an import is here.
///
/// - Throws: 404.
struct ShowImportFile: Function {
    static let route: Route = "HEAD /api/imports/{id}/files/{n}"
    static let access = Access.permission("import")
    static let contract = Contract(gives: [])

    func respond(to request: Request, in context: Context) throws -> Response {
        let file = try context.imports.file(
            request.parameters["n"], of: request.parameters["id"], for: context.caller)
        return Response(headers: [
            "Upload-Offset": "\(file.received)", "Upload-Length": "\(file.size)", "Cache-Control": "no-store",
        ])
    }
}
