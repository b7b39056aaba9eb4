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
        let asked = try FrameRequest(request, context.store)
        let instance = try context.instance(request.resource, includesFrames: true)
        let content = try FrameContent(instance, context.store)
        guard asked.numbers.allSatisfy({ $0 <= content.count }) else { throw HTTPError.notFound }
        return try refusingImages {
            try asked.acceptance.answer(from: asked.offers(of: content)) { offer in
                try asked.response(asked.numbers, of: content, as: offer)
            }
        }
    }

    /// Those beside a frame: of the same Instance where it has several, else of its Series.
    func next(after request: Request, in context: Context) throws -> [NextAnswer] {
        let asked = try FrameRequest(request, context.store)
        let instance = try context.instance(request.resource, includesFrames: true)
        let content = try FrameContent(instance, context.store)
        guard let number = asked.numbers.first, request.path == content.path(ofFrames: "\(number)") else { return [] }
        var offers = ChosenOffers()
        guard content.count > 1 else {
            return context.neighbours.map { other in
                NextAnswer("\(other.path)/frames/1") {
                    try asked.storedResponse(1, of: FrameContent(other, context.store), &offers)
                }
            }
        }
        let others = (1...Context.readAhead).flatMap { [number + $0, number - $0] }
        return others.filter((1...content.count).contains).map { number in
            NextAnswer(content.path(ofFrames: "\(number)")) {
                try asked.storedResponse(number, of: content, &offers)
            }
        }
    }
}
