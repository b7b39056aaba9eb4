import FunctionRuntime
import HTTPModel
import Ingestion
import Portal

/// Decides which of two files under one SOP Instance UID is the stored one; the other one stays aside.
///
/// - Throws: 404; 403 unless the caller administers all; 409 `conflict.resolved`; 422 `conflict.keep`,
///   `conflict.both.unsupported` as original bytes are never rewritten, `conflict.otherPlace`, `conflict.unreadable`.
struct ResolveConflict: Function {
    static let route: Route = "POST /api/conflicts/{id}/resolve"
    static let access: Access = .permission("administer")
    static let contract = Contract(takes: ["application/json"], gives: [])

    private struct Choice: Decodable { let keep: String }

    func respond(to request: Request, in context: Context) throws -> Response {
        let (resolution, found) = try context.conflict(of: request)
        let choice = try request.json(as: Choice.self).keep
        guard choice != "both" else {
            throw HTTPError(
                422, "conflict.both.unsupported",
                "Both cannot be stored: one of them would need another UID, and files are never rewritten.",
                field: "keep")
        }
        guard let kept = ConflictRecords.Keep(rawValue: choice) else {
            throw HTTPError(422, "conflict.keep", "'keep' is first or second.", field: "keep")
        }
        do {
            guard try resolution.resolve(found, keeping: kept) else {
                throw HTTPError(409, "conflict.resolved", "This conflict was decided already.")
            }
        } catch let refusal as ConflictResolution.Refusal {
            throw refusal.httpError
        }
        return Response(status: 204)
    }
}
