import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Retrieves all Instances of one Series as PS3.10 files.
///
/// - Throws: as `RetrieveInstance`; 406 when one of them cannot be given in an acceptable form.
/// - SeeAlso: PS3.18 §10.4.
struct RetrieveSeries: Function {
    static let route: Route = "GET /dicomweb/studies/{study}/series/{series}"
    static let pool = Pool.export
    static let contract = Contract.instances
    static let visit: Audit.Action? = .studyViewed

    func respond(to request: Request, in context: Context) throws -> Response {
        try context.instances(of: request.resource, for: request)
    }
}
