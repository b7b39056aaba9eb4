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
    static let contract = Contract.instance
    static let visit: Audit.Action? = .studyViewed
    static let lookup: InstanceLookup? = .file

    func respond(to request: Request, in context: Context) throws -> Response {
        try context.answer(with: context.instance(request.resource), as: Acceptance(request), request)
    }

    /// The other Instances of its Series.
    func next(after request: Request, in context: Context) throws -> [NextAnswer] {
        let acceptance = try Acceptance(request)
        guard try request.path == request.resource.path else { return [] }
        var offers = ChosenOffers()
        return context.neighbours.map { other in
            NextAnswer(other.path) {
                let offer = try offers.offer(for: other.transferSyntax) {
                    try acceptance.choose(from: InstanceContent.offers(for: other) + [MediaArchive.offer])
                }
                // What is written anew is made when it is asked for.
                guard offer.isAsStored, InstanceContent(instance: other, store: context.store).isReady else {
                    return nil
                }
                return try context.answer(with: other, in: offer, to: request)
            }
        }
    }
}
