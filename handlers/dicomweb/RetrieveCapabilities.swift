import FunctionRuntime
import HTTPModel

/// Says what the DICOM web services can do, as WADL or as an OpenAPI document.
///
/// - Throws: 406.
/// - SeeAlso: PS3.18 §8.9.
struct RetrieveCapabilities: Function {
    static let route: Route = "OPTIONS /dicomweb"
    static let contract = Capabilities.contract

    func respond(to request: Request, in context: Context) throws -> Response {
        try Capabilities.response(to: request, below: "/dicomweb")
    }
}
