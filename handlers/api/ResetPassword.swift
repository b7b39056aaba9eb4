import FunctionRuntime
import HTTPModel
import Portal

/// Makes a link with which a person sets a new password: good once, for a day.
///
/// The token stands behind `#`, which browsers send to no server.
/// - Throws: 404; 403 `rights.beyond`.
struct ResetPassword: Function {
    static let route: Route = "POST /api/users/{id}/reset"
    static let access: Access = .permission("manageUsers")
    static let contract = Contract()

    private struct Made: Encodable {
        let token: String
        let expiresAt: String
        let link: String
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let accounts = Accounts(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        let reset = try accounts.reset(
            try request.parameter("id"), from: SignIn.Client(address: request.remoteAddress))
        let link = "\(context.settings.publicURL ?? "")/\(reset.language)/#reset=\(reset.token)"
        return try Response.json(
            Made(token: reset.token, expiresAt: reset.expiresAt, link: link), status: 201,
            headers: ["Cache-Control": "no-store"])
    }
}
