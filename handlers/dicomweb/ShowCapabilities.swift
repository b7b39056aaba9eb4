import FunctionRuntime
import HTTPModel

/// The same as `RetrieveCapabilities`, for clients that cannot send OPTIONS.
///
/// - Throws: 406.
/// - SeeAlso: PS3.18 §8.9.
struct ShowCapabilities: Function {
    static let route: Route = "GET /dicomweb/capabilities"
    static let contract = Capabilities.contract

    func respond(to request: Request, in context: Context) throws -> Response {
        try Capabilities.response(to: request, below: "/dicomweb")
    }
}
