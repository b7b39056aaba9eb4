import FunctionRuntime
import HTTPModel
import Portal

/// Signs a person in with e-mail and password.
///
/// - Throws: 401 `session.refused`; 403 `password.mustChange` (with `details.token`, good for the change alone),
///   `account.inactive`, `account.expired`; 429 with Retry-After.
struct OpenSession: Function {
    static let route: Route = "POST /api/session"
    static let access: Access = .open
    static let bodyLimit = 16 << 10

    private struct Credentials: Decodable {
        let email: String
        let password: String
    }

    private struct Opened: Encodable {
        let token: String
        let expiresAt: String
        let user: SignedInUser?
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let credentials = try request.json(as: Credentials.self, limit: Self.bodyLimit)
        let client = SignIn.Client(
            address: request.remoteAddress, userAgent: request.headers["User-Agent"] ?? "",
            formerToken: request.currentToken(context.settings))
        let opened = try SignIn(database: context.database, client: client)
            .open(email: credentials.email, password: credentials.password)
        var response = try Response.json(
            Opened(token: opened.token, expiresAt: opened.expiresAt, user: SignedInUser(opened.caller)))
        let secure = context.settings.isSecure ? "; Secure" : ""
        response.headers["Set-Cookie"] =
            "\(context.settings.sessionCookie)=\(opened.token); HttpOnly; SameSite=Strict; Path=/\(secure)"
        response.headers["Cache-Control"] = "no-store"
        return response
    }
}
