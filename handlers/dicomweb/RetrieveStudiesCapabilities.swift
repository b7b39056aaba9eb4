import FunctionRuntime
import HTTPModel

/// Says what can be done with Studies, as WADL or as an OpenAPI document.
///
/// - Throws: 406.
/// - SeeAlso: PS3.18 §8.9.
struct RetrieveStudiesCapabilities: Function {
    static let route: Route = "OPTIONS /dicomweb/studies"
    static let contract = Capabilities.contract

    func respond(to request: Request, in context: Context) throws -> Response {
        try Capabilities.response(to: request, below: "/dicomweb/studies")
    }
}
