import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Retrieves one Instance as PS3.10 file: in Explicit VR Little Endian, or as it is stored.
///
/// - Throws: 400 for a malformed UID; 404 when it is absent or hidden from the caller; 406; 422 for a damaged image that
///   would have to be decoded.
/// - SeeAlso: PS3.18 §10.4.
struct RetrieveInstance: Function {
    static let route: Route = "GET /dicomweb/studies/{study}/series/{series}/instances/{instance}"
    static let pool = Pool.export

    func respond(to request: Request, in context: Context) throws -> Response {
        let acceptance = try Acceptance(request)
        let instance = try context.instance(request.resource)
        let offers = InstanceContent.offers(for: instance)
        return try refusingImages {
            try acceptance.answer(from: offers) { offer in
                try request.conditional(on: EntityTag("instance", instance.hash, offer)) {
                    let part = try InstanceContent(instance: instance, store: context.store).part(as: offer)
                    return .parts([part], as: offer, boundary: instance.hash, store: context.store)
                }
            }
        }
    }
}
