import FunctionRuntime
import HTTPModel
import Portal

/// Lists the accounts by e-mail address.
struct ListUsers: Function {
    static let route: Route = "GET /api/users"
    static let access: Access = .permission("manageUsers")
    static let contract = Contract(
        [
            QueryParameter("q", "Part of a name or an e-mail address."),
            QueryParameter("status", "active, inactive or disabled."),
        ] + QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        let accounts = Accounts(database: context.database, caller: context.caller)
        return try request.answer(
            try accounts.list(
                try request.pageRequest(), containing: try request.queryValue("q"),
                status: try request.queryValue("status")))
    }
}
