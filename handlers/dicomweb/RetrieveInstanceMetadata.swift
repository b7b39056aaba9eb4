import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Retrieves the Attributes of one Instance, without bulk data.
///
/// - Throws: 400 for a malformed UID; 404 when the Instance is absent or hidden from the caller; 406.
/// - SeeAlso: PS3.18 §10.4, Annex F.
struct RetrieveInstanceMetadata: Function {
    static let route: Route = "GET /dicomweb/studies/{study}/series/{series}/instances/{instance}/metadata"
    static let contract = Contract.metadata
    static let visit: Audit.Action? = .studyViewed

    func respond(to request: Request, in context: Context) throws -> Response {
        let form = try Acceptance(request).choose(from: DataSetForm.offers)
        let resource = try request.resource
        guard let series = resource.series, let instance = resource.instance,
            let found = try context.retrieval.metadata(
                ofInstance: instance.text, of: series.text, in: resource.study.text, for: context.caller)
        else { throw HTTPError.notFound }
        return try request.conditional(on: EntityTag("metadata", found.version, form)) {
            // Plain: nginx compresses it for whoever takes that, and others need not have it made and inflated again.
            try DataSetForm.response(found.shown, as: form)
        }
    }
}
