import FunctionRuntime
import HTTPModel
import Portal

/// Lists the caller's own access tokens, without their secrets.
struct ListTokens: Function {
    static let route: Route = "GET /api/tokens"

    func respond(to request: Request, in context: Context) throws -> Response {
        let tokens = try AccessTokens(database: context.database, user: try context.signedInPerson()).list()
        return try request.answer(Page(items: tokens, next: nil, total: tokens.count))
    }
}
