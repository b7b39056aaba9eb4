import FunctionRuntime
import HTTPModel
import Portal

/// Lists the DICOM senders that ever came, allowed or not.
struct ListSenders: Function {
    static let route: Route = "GET /api/senders"
    static let access: Access = .permission("administer")

    func respond(to request: Request, in context: Context) throws -> Response {
        try Rights(database: context.database, caller: context.caller).requireOnAll(.administer)
        let senders = try Senders(database: context.database).list()
        return try request.answer(Page(items: senders, next: nil, total: senders.count))
    }
}
