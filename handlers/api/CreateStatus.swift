import FunctionRuntime
import HTTPModel
import Portal

/// Adds a state to the workflow, behind the others.
///
/// - Throws: 403 unless the caller administers all; 409 `status.taken`; 422.
struct CreateStatus: Function {
    static let route: Route = "POST /api/statuses"
    static let access: Access = .permission("administer")

    private struct Draft: Decodable {
        let code: String
        let label: Statuses.Labels
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        try Rights(database: context.database, caller: context.caller).requireOnAll(.administer)
        let draft = try request.json(as: Draft.self)
        let statuses = Statuses(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        let status = try statuses.make(code: draft.code, label: draft.label)
        return try request.answer(status, status: 201, location: "/api/statuses/\(status.code)")
    }
}
