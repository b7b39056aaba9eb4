import FunctionRuntime
import HTTPModel
import Importing

/// Takes the next piece of a file of an import; it is durable when this answers.
///
/// - Throws: 404; 409 `import.offset` with the right one, `import.busy`, `import.notReceiving`; 413; 422 `import.size`.
struct ReceiveImportFile: Function {
    static let route: Route = "PUT /api/imports/{id}/files/{n}"
    static let pool = Pool.write
    static let access = Access.permission("import")
    static let bodyLimit = 64 << 20
    static let deadline = 300
    static let contract = Contract(takes: ["application/octet-stream"], gives: [])

    func respond(to request: Request, in context: Context) throws -> Response {
        let end = try context.imports.receive(
            request.body, at: try request.uploadOffset(), file: request.parameters["n"],
            of: request.parameters["id"], by: context.caller)
        return Response(status: 204, headers: ["Upload-Offset": "\(end)"])
    }
}
