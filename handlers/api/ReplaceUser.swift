import FunctionRuntime
import HTTPModel
import Portal

/// Replaces an account by a whole document; the password stays unless it is given.
///
/// - Throws: 404; 403 `rights.beyond`; 409 `user.email.taken`, `users.lastManager`; 412; 422.
struct ReplaceUser: Function {
    static let route: Route = "PUT /api/users/{id}"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let draft = try request.json(as: AccountDraft.self)
        let accounts = Accounts(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        let account = try accounts.change(try request.parameter("id"), draft.replacing) {
            try request.requireRevision($0)
        }
        return try request.answer(account, revision: account.revision)
    }
}
