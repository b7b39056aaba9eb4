import FunctionRuntime
import HTTPModel
import Portal

/// Lists the accounts by e-mail address.
struct ListUsers: Function {
    static let route: Route = "GET /api/users"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        try request.requireQuery(only: ["q", "status", "limit", "after"])
        let accounts = Accounts(database: context.database, caller: context.caller)
        return try request.answer(
            try accounts.list(
                try request.pageRequest(), containing: try request.queryValue("q"),
                status: try request.queryValue("status")))
    }
}
