import FunctionRuntime
import HTTPModel
import Portal

/// Renames a state of the workflow, and moves it where `position` says (1: to the head).
///
/// - Throws: 404; 403 unless the caller administers all; 422.
struct ChangeStatus: Function {
    static let route: Route = "PUT /api/statuses/{code}"
    static let access: Access = .permission("administer")

    private struct Draft: Decodable {
        let label: Statuses.Labels
        let position: Int?
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        try Rights(database: context.database, caller: context.caller).requireOnAll(.administer)
        let draft = try request.json(as: Draft.self)
        let statuses = Statuses(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        return try request.answer(
            try statuses.change(try request.parameter("code"), label: draft.label, position: draft.position))
    }
}
