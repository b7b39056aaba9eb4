import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Shows one Study small: the middle image of its first Series that has any.
///
/// - Throws: 400 for a parameter out of bounds; 404 when there is no such image, or it is hidden from the caller; 406 for what
///   is not shown here; 413; 422 for a damaged image.
/// - SeeAlso: PS3.18 §10.4.1.1.4.
struct RetrieveStudyThumbnail: Function {
    static let route: Route = "GET /dicomweb/studies/{study}/thumbnail"
    static let pool = Pool.render
    static let contract = Contract.thumbnail
    static let visit: Audit.Action? = .studyPreviewed

    func respond(to request: Request, in context: Context) throws -> Response {
        try context.pictureOfImage(.middle, for: .thumbnail, request)
    }
}
