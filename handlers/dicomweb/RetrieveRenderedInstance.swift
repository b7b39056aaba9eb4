import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Shows one Instance: its first frame as JPEG or PNG; a PDF document or a video as it is.
///
/// - Throws: 400 for a parameter out of bounds; 404 when there is no such image, or it is hidden from the caller; 406 for what
///   is not shown here; 413; 422 for a damaged image.
/// - SeeAlso: PS3.18 §10.4.1.1.3, §8.3.5.
struct RetrieveRenderedInstance: Function {
    static let route: Route = "GET /dicomweb/studies/{study}/series/{series}/instances/{instance}/rendered"
    static let pool = Pool.render
    static let contract = Contract.rendered
    static let visit: Audit.Action? = .studyViewed
    static let lookup: InstanceLookup? = .file

    func respond(to request: Request, in context: Context) throws -> Response {
        try context.picture(of: context.instance(request.resource), frame: nil, for: .reading, request)
    }
}
