import FunctionRuntime
import HTTPModel
import Portal

/// Lists the files that were made part of a patient's, the last one first.
///
/// - Throws: 404.
struct ListPatientMerges: Function {
    static let route: Route = "GET /api/patients/{id}/merges"
    static let access: Access = .permission("view")

    func respond(to request: Request, in context: Context) throws -> Response {
        let merged = try Merging(database: context.database, caller: context.caller).list(
            of: try request.parameter("id"))
        return try request.answer(Page(items: merged, next: nil, total: merged.count))
    }
}
