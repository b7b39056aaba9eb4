import FunctionRuntime
import HTTPModel
import Portal

/// Signs out: the token is good for nothing any more, and the browser forgets what it kept.
///
/// - Throws: 403 `session.needed` for an access token, which `DELETE /api/tokens/{id}` ends.
struct CloseSession: Function {
    static let route: Route = "DELETE /api/session"

    func respond(to request: Request, in context: Context) throws -> Response {
        let user = try context.signedInPerson()
        try context.database.transaction {
            try Sessions(database: context.database).revoke(token: request.currentToken(context.settings) ?? "")
            try Audit(database: context.database, actor: user, address: request.remoteAddress).record(.signOut)
        }
        let secure = context.settings.isSecure ? "; Secure" : ""
        return Response(
            status: 204,
            headers: [
                "Set-Cookie":
                    "\(context.settings.sessionCookie)=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0\(secure)",
                "Clear-Site-Data": "\"cache\"",
            ])
    }
}
