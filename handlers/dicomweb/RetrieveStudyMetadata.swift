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

    func respond(to request: Request, in context: Context) throws -> Response {
        try Acceptance(request).requireDICOMJSON()
        let series = try context.retrieval.series(in: request.resource.study.text, for: context.caller)
        guard let first = series.first else { throw HTTPError.notFound }
        if series.count == 1 { return try context.metadata(of: first, for: request) }
        let versions = series.map { "\($0.id).\($0.revision)" }.joined(separator: "_")
        return try request.conditional(on: EntityTag(versions)) {
            let metadata = try series.flatMap { try context.retrieval.metadata(ofSeries: $0.id)?.instances ?? [] }
            return Response(headers: .compressedDICOMJSON, body: .bytes(try MetadataDocument.joined(metadata)))
        }
    }
}
