import FunctionRuntime
import HTTPModel
import Portal

/// Lists the caller's own sign-ins.
struct ListSessions: Function {
    static let route: Route = "GET /api/sessions"

    func respond(to request: Request, in context: Context) throws -> Response {
        let sessions = try Sessions(database: context.database)
            .list(of: try context.signedInPerson(), current: context.caller.sessionID)
        return try request.answer(Page(items: sessions, next: nil, total: sessions.count))
    }
}
