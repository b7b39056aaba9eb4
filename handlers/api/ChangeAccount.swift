import FunctionRuntime
import HTTPModel
import Portal

/// Changes the caller's own language, name or password.
///
/// Open, as also someone comes here who must change the password and has but the token for that; the function itself
/// refuses everyone else.
/// - Throws: 401; 403 `origin.refused`, `session.needed`; 422 `password.wrong`, `password.missing`, `password.tooShort`,
///   `password.same`, `user.name.tooLong`, `user.language.unknown`; 429.
struct ChangeAccount: Function {
    static let route: Route = "PATCH /api/account"
    static let access: Access = .open
    static let bodyLimit = 16 << 10

    private struct Draft: Decodable {
        let name: String?
        let language: String?
        let currentPassword: String?
        let newPassword: String?
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let user = try context.accountHolder(of: request)
        let mustChange = context.caller.kind == .passwordChange
        if !mustChange { _ = try context.signedInPerson() }
        let draft = try request.json(as: Draft.self, limit: Self.bodyLimit)
        guard draft.newPassword != nil || !mustChange else {
            throw PortalError.invalid("newPassword", "password.missing")
        }
        if let newPassword = draft.newPassword {
            guard mustChange || draft.currentPassword != nil else {
                throw PortalError.invalid("currentPassword", "password.missing")
            }
            try Passwords(database: context.database, address: request.remoteAddress).change(
                of: user, current: draft.currentPassword, to: newPassword,
                keeping: mustChange ? nil : context.caller.sessionID)
        }
        if context.caller.isSignedIn {
            try OwnAccount(database: context.database, user: user).change(name: draft.name, language: draft.language)
        }
        return Response(status: 204)
    }
}
