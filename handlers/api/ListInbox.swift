import FunctionRuntime
import HTTPModel
import Portal

/// Lists the studies without a patient that the caller sees, with patients they may belong to.
struct ListInbox: Function {
    static let route: Route = "GET /api/inbox"
    static let contract = Contract(QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        let inbox = Inbox(database: context.database, caller: context.caller)
        return try request.answer(try inbox.list(try request.pageRequest()))
    }
}
