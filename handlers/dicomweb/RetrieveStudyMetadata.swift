import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Retrieves the Attributes of every Instance in one Study, without bulk data, Series by Series.
///
/// - Throws: 400 for a malformed UID; 404 when the Study is absent or hidden from the caller; 406.
/// - SeeAlso: PS3.18 §10.4, Annex F.
struct RetrieveStudyMetadata: Function {
    static let route: Route = "GET /dicomweb/studies/{study}/metadata"
    static let contract = Contract.metadata
    static let visit: Audit.Action? = .studyViewed

    func respond(to request: Request, in context: Context) throws -> Response {
        let form = try Acceptance(request).choose(from: DataSetForm.offers)
        let series = try context.retrieval.series(in: request.resource.study.text, for: context.caller)
        guard !series.isEmpty else { throw HTTPError.notFound }
        return try context.metadata(of: series, as: form, for: request)
    }
}
