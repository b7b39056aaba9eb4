import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Shows one frame of one Instance small.
///
/// - Throws: 400 for a parameter out of bounds; 404 when there is no such image, or it is hidden from the caller; 406 for what
///   is not shown here; 413; 422 for a damaged image.
/// - SeeAlso: PS3.18 §10.4.1.1.4.
struct RetrieveFrameThumbnail: Function {
    static let route: Route =
        "GET /dicomweb/studies/{study}/series/{series}/instances/{instance}/frames/{frames}/thumbnail"
    static let pool = Pool.render
    static let contract = Contract.thumbnail
    static let visit: Audit.Action? = .studyPreviewed
    static let lookup: InstanceLookup? = .file

    func respond(to request: Request, in context: Context) throws -> Response {
        try context.pictureOfFrame(for: .thumbnail, request)
    }
}
