import FunctionRuntime
import HTTPModel
import Importing

/// Says what an import would do, from sidecars and the headers of files that were read where they are; nothing is kept.
///
/// - Throws: 400 for a document of another form; 413; 422 `import.onExisting`, `import.tooManyFiles`.
struct PlanImport: Function {
    static let route: Route = "POST /api/imports/plan"
    static let access = Access.permission("import")
    static let bodyLimit = 16 << 20

    func respond(to request: Request, in context: Context) throws -> Response {
        try request.requireJSON()
        let plan = try HeaderPlan(try request.body.collected(limit: Self.bodyLimit))
        return try .json(context.imports.forecast(plan, for: context.caller))
    }
}
