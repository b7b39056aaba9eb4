import DICOMweb
import FunctionRuntime
import HTTPModel

/// Describes every function as an OpenAPI 3.1 document, made of the list of functions.
struct ShowOpenAPI: Function {
    static let route: Route = "GET /api/openapi.json"

    func respond(to request: Request, in context: Context) throws -> Response {
        let content = try OpenAPIDocument(functions.map(FunctionDescription.init)).json()
        return request.conditional(on: EntityTag(content: content, .json)) {
            Response(headers: ["Content-Type": "application/json"], body: .bytes(content))
        }
    }
}
