import DICOMweb
import FunctionRuntime
import HTTPModel

/// What the service can do, made of the list of functions.
///
/// - SeeAlso: PS3.18 §8.9.
enum Capabilities {
    static let wadl = Offer("application/vnd.sun.wadl+xml")
    private static let openAPI = Offer("application/openapi+json")
    static let contract = Contract(refusesOthers: false, gives: [wadl, openAPI, .json].map(\.essence))

    /// The functions at a path and below it.
    ///
    /// - Parameter path: such as `/dicomweb`.
    /// - Throws: 406.
    static func response(to request: Request, below path: String) throws -> Response {
        let form = try Acceptance(request).choose(from: [wadl, openAPI, .json])
        let described = functions.map(FunctionDescription.init).filter { "\($0.pattern)/".hasPrefix(path + "/") }
        let content = try form == wadl ? WADLDocument(described).xml : OpenAPIDocument(described).json()
        let methods = Set(described.filter { $0.pattern == path }.map(\.method)).sorted()
        return request.conditional(on: EntityTag(content: content, form)) {
            var response = Response(headers: ["Content-Type": form.essence], body: .bytes(content))
            if request.method == .options { response.headers["Allow"] = methods.joined(separator: ", ") }
            return response
        }
    }
}
