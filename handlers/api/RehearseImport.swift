import FunctionRuntime
import HTTPModel
import Importing

/// Says what committing an import would do, from the files that have come; nothing is stored, and nothing is sent twice.
///
/// - Throws: 404; 400 for an archive or JSON that cannot be read; 409 `import.incomplete`, `import.notReceiving`,
///   `patient.exists`; 422 when a sidecar is all there is and breaks a rule.
struct RehearseImport: Function {
    static let route: Route = "POST /api/imports/{id}/plan"
    static let pool = Pool.write
    static let access = Access.permission("import")
    /// All of what came is read.
    static let deadline = 3600
    static let contract = Contract([ImportWish.onExisting])

    func respond(to request: Request, in context: Context) throws -> Response {
        let report = try context.imports.rehearse(
            try request.parameter("id"), onExisting: try ImportWish.onExisting(of: request), by: context.caller)
        return try .json(report)
    }
}
