import FunctionRuntime
import HTTPModel
import Portal

/// Shows one account.
///
/// - Throws: 404.
struct ShowUser: Function {
    static let route: Route = "GET /api/users/{id}"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let account = try Accounts(database: context.database, caller: context.caller)
            .find(try request.parameter("id"))
        return try request.answer(account, revision: account.revision)
    }
}
