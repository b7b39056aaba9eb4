import FunctionRuntime
import HTTPModel
import Portal

/// Says who is signed in, with permissions and language.
struct ShowSession: Function {
    static let route: Route = "GET /api/session"

    private struct Shown: Encodable {
        let user: SignedInUser?
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        return try request.answer(Shown(user: SignedInUser(context.caller)))
    }
}
