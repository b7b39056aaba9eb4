import FunctionRuntime
import HTTPModel

/// The same as `RetrieveStudiesCapabilities`, for clients that cannot send OPTIONS.
///
/// - Throws: 406.
/// - SeeAlso: PS3.18 §8.9.
struct ShowStudiesCapabilities: Function {
    static let route: Route = "GET /dicomweb/studies/capabilities"
    static let contract = Capabilities.contract

    func respond(to request: Request, in context: Context) throws -> Response {
        try Capabilities.response(to: request, below: "/dicomweb/studies")
    }
}
