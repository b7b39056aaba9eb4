import FunctionRuntime
import HTTPModel
import Portal

/// Ends one of the caller's own access tokens.
///
/// - Throws: 404.
struct RevokeToken: Function {
    static let route: Route = "DELETE /api/tokens/{id}"

    func respond(to request: Request, in context: Context) throws -> Response {
        let user = try context.signedInPerson()
        try AccessTokens(database: context.database, user: user)
            .revoke(id: try request.parameter("id"), address: request.remoteAddress)
        return Response(status: 204)
    }
}
