import FunctionRuntime
import HTTPModel
import Portal

/// Shows one study without a patient, by its UID.
///
/// - Throws: 404 when it is absent, hidden from the caller or attached.
struct ShowInboxStudy: Function {
    static let route: Route = "GET /api/inbox/{study}"

    func respond(to request: Request, in context: Context) throws -> Response {
        let inbox = Inbox(database: context.database, caller: context.caller)
        return try request.answer(try inbox.find(study: try request.parameter("study")))
    }
}
