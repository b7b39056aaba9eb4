import FunctionRuntime
import HTTPModel
import Portal

/// Lists the sign-ins and access tokens of an account, the newest first.
///
/// - Throws: 404; 403 `rights.beyond` for an account that holds what the caller lacks.
struct ListUserSessions: Function {
    static let route: Route = "GET /api/users/{id}/sessions"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let sessions = try Accounts(database: context.database, caller: context.caller)
            .sessions(of: try request.parameter("id"))
        return try request.answer(Page(items: sessions, next: nil, total: sessions.count))
    }
}
