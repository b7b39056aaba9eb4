import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Retrieves the Attributes of every Instance in one Series, without bulk data.
///
/// - Throws: 400 for a malformed UID; 404 when the Series is absent or hidden from the caller; 406.
/// - SeeAlso: PS3.18 §10.4, Annex F.
struct RetrieveSeriesMetadata: Function {
    static let route: Route = "GET /dicomweb/studies/{study}/series/{series}/metadata"
    static let contract = Contract.metadata
    static let visit: Audit.Action? = .studyViewed

    func respond(to request: Request, in context: Context) throws -> Response {
        let form = try Acceptance(request).choose(from: DataSetForm.offers)
        let resource = try request.resource
        let found = try context.retrieval.series(resource.series?.text, in: resource.study.text, for: context.caller)
        guard let series = found.first else { throw HTTPError.notFound }
        return try context.metadata(of: [series], as: form, for: request)
    }
}
