import FunctionRuntime
import HTTPModel
import Portal

/// Says who is signed in, with permissions and language, and to those who may import where modalities send to.
struct ShowSession: Function {
    static let route: Route = "GET /api/session"

    private struct Shown: Encodable {
        let user: SignedInUser?
        let receiver: Receiver?
    }

    private struct Receiver: Encodable {
        let aeTitle: String
        let port: Int
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let receives = context.caller.permissions.contains(.import)
        let receiver = receives ? Receiver(aeTitle: context.settings.aeTitle, port: context.settings.dicomPort) : nil
        return try request.answer(Shown(user: SignedInUser(context.caller), receiver: receiver))
    }
}
