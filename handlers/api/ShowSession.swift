import FunctionRuntime
import HTTPModel
import Portal

/// Says who is signed in, with permissions and language, and where modalities send.
struct ShowSession: Function {
    static let route: Route = "GET /api/session"

    private struct Shown: Encodable {
        let user: SignedInUser?
        let receiver: Receiver
    }

    private struct Receiver: Encodable {
        let aeTitle: String
        let port: Int
        /// Null when DICOM is not spoken over TLS.
        @Nullable var tlsPort: Int?
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let settings = context.settings
        return try request.answer(
            Shown(
                user: SignedInUser(context.caller),
                receiver: Receiver(
                    aeTitle: settings.aeTitle, port: settings.dicomPort, tlsPort: settings.dicomTLSPort)))
    }
}
