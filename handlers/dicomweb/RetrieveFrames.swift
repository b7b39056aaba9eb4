import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Retrieves frames of one Instance: as they are stored, or decoded.
///
/// Where the caller takes any transfer syntax and wishes to save data (`Save-Data: on`), uncompressed pixels are compressed
/// without loss; what was compressed is kept.
///
/// - Throws: 400 for a malformed UID or list; 404 when the Instance or one of the frames is absent or hidden from the caller;
///   406; 422 for a damaged image that would have to be decoded.
/// - SeeAlso: PS3.18 §10.4, §8.7.3.
struct RetrieveFrames: Function {
    static let route: Route = "GET /dicomweb/studies/{study}/series/{series}/instances/{instance}/frames/{frames}"
    static let contract = Contract.frames
    static let visit: Audit.Action? = .studyViewed
    static let lookup: InstanceLookup? = .fileAndFrames

    func respond(to request: Request, in context: Context) throws -> Response {
        let acceptance = try Acceptance(request)
        let list = try FrameList(request.parameters["frames"] ?? "")
        let instance = try context.instance(request.resource, includesFrames: true)
        let content = try FrameContent(instance, context.store)
        guard list.numbers.allSatisfy({ $0 <= content.count }) else { throw HTTPError.notFound }
        var offers = content.offers(savingData: request.headers["Save-Data"]?.lowercased() == "on")
        if list.numbers.count > 1 { offers.removeAll { !$0.isMultipart } }
        let address = try request.resource.path
        return try refusingImages {
            try acceptance.answer(from: offers) { offer in
                try request.conditional(on: EntityTag("frames", instance.hash, offer)) {
                    let parts = try content.parts(list.numbers, as: offer, address: address)
                    return .parts(parts, as: offer, boundary: instance.hash, store: context.store)
                }
            }
        }
    }
}
