import DICOM
import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Retrieves the value that a BulkDataURI of the metadata names.
///
/// - Throws: 400 for a malformed UID or path; 404 when there is no such value, or it is hidden from the caller; 406.
/// - SeeAlso: PS3.18 §10.4.1.1.5.
struct RetrieveBulkdata: Function {
    static let route: Route = "GET /dicomweb/studies/{study}/series/{series}/instances/{instance}/bulkdata/{path}"
    static let contract = Contract.bulkdata
    static let visit: Audit.Action? = .studyViewed
    static let lookup: InstanceLookup? = .fileAndFrames

    func respond(to request: Request, in context: Context) throws -> Response {
        let acceptance = try Acceptance(request)
        let path = try BulkdataPath(request.parameters["path"] ?? "")
        let instance = try context.instance(request.resource, includesFrames: true)
        let address = try "\(request.resource.path)/bulkdata/\(path)"
        return try refusingImages {
            let content = try BulkdataContent(instance, path, context.store)
            return try acceptance.answer(from: content.offers) { offer in
                try request.conditional(on: EntityTag("bulk", instance.version, offer)) {
                    let parts = try content.parts(as: offer, address: address)
                    return .parts(parts, as: offer, boundary: instance.hash, store: context.store)
                }
            }
        }
    }
}
