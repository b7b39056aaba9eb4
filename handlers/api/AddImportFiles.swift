import FunctionRuntime
import HTTPModel
import Importing

/// Announces more files of an import that is being received.
///
/// - Throws: 404; 409 `import.notReceiving`; 422; 507 `import.quota`.
struct AddImportFiles: Function {
    static let route: Route = "POST /api/imports/{id}/files"
    static let access = Access.permission("import")
    static let bodyLimit = 8 << 20

    func respond(to request: Request, in context: Context) throws -> Response {
        let more = try request.json(as: MoreFiles.self, limit: Self.bodyLimit)
        return try .json(
            context.imports.add(
                more, to: try request.parameter("id"), by: context.caller, quota: context.settings.importQuota))
    }
}
