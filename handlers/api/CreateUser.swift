import FunctionRuntime
import HTTPModel
import Portal

/// Makes an account. Without a password one is made, shown once in `temporaryPassword`, and must be changed.
///
/// - Throws: 403 `rights.beyond`; 409 `user.email.taken`; 422 with the broken fields.
struct CreateUser: Function {
    static let route: Route = "POST /api/users"
    static let access: Access = .permission("manageUsers")

    private struct Made: Encodable {
        let account: AccountRecord
        let temporaryPassword: String?

        private enum Key: String, CodingKey { case temporaryPassword }

        func encode(to encoder: any Encoder) throws {
            try account.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encodeIfPresent(temporaryPassword, forKey: .temporaryPassword)
        }
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let draft = try request.json(as: AccountDraft.self)
        let accounts = Accounts(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        var password: String?
        let id = try Creations(database: context.database, caller: context.caller)
            .once(request.headers["Idempotency-Key"], kind: "user") {
                let made = try accounts.make(draft)
                password = made.password
                return made.account.id
            }
        let account = try accounts.find(id)
        var response = try request.answer(
            Made(account: account, temporaryPassword: password), revision: account.revision, status: 201,
            location: "/api/users/\(id)")
        response.headers["Cache-Control"] = "no-store"
        return response
    }
}
