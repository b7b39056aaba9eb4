import FunctionRuntime
import HTTPModel
import Importing

/// Begins an import whose files are then sent one by one, in pieces, and that goes on after any interruption.
///
/// - Throws: 422 for a path or size that cannot be, or for too many files; 507 `import.quota`.
struct BeginImport: Function {
    static let route: Route = "POST /api/imports"
    static let access = Access.permission("import")
    static let bodyLimit = 8 << 20

    func respond(to request: Request, in context: Context) throws -> Response {
        let wanted = try request.json(as: ImportAnnouncement.self, limit: Self.bodyLimit)
        let begun = try context.imports.begin(
            wanted, by: context.caller, quota: context.settings.importQuota)
        return try .json(begun, status: 201, headers: ["Location": "/api/imports/\(begun.id)"])
    }
}
