import FunctionRuntime
import HTTPModel
import Portal

/// Makes an access token for a program; its secret is in this answer and nowhere else.
///
/// - Throws: 422 `token.name.missing`, `token.may.unknown`, `token.days.invalid`.
struct CreateToken: Function {
    static let route: Route = "POST /api/tokens"
    private static let usualLife = 365

    private struct Draft: Decodable {
        let name: String
        let may: [String]?
        let days: Int?
    }

    private struct Made: Encodable {
        let id: String
        let name: String
        let may: [String]
        let createdAt: String
        let expiresAt: String
        let token: String
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let user = try context.signedInPerson()
        let draft = try request.json(as: Draft.self)
        let (secret, token) = try AccessTokens(database: context.database, user: user).make(
            name: draft.name, may: draft.may ?? ["read", "store"], days: draft.days ?? Self.usualLife,
            address: request.remoteAddress)
        let made = Made(
            id: token.id, name: token.name, may: token.may, createdAt: token.createdAt, expiresAt: token.expiresAt,
            token: secret)
        return try Response.json(
            made, status: 201, headers: ["Location": "/api/tokens/\(token.id)", "Cache-Control": "no-store"])
    }
}
