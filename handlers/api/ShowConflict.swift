import FunctionRuntime
import HTTPModel
import Ingestion
import Portal

/// Shows the two files of a conflict and where they differ.
///
/// - Throws: 404; 403 unless the caller administers all; 422 `conflict.unreadable`.
struct ShowConflict: Function {
    static let route: Route = "GET /api/conflicts/{id}"
    static let access: Access = .permission("administer")

    func respond(to request: Request, in context: Context) throws -> Response {
        let (resolution, found) = try context.conflict(of: request)
        do {
            return try request.answer(ConflictDocument(found, differences: try resolution.differences(found)))
        } catch let refusal as ConflictResolution.Refusal {
            throw refusal.httpError
        }
    }
}
