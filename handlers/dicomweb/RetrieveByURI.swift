import DICOM
import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Retrieves one object by the parameters of a WADO-URI: as a picture, as the document that it holds, or as PS3.10 file.
///
/// - Throws: 400 for a parameter that is missing, repeated, unknown or malformed; 404; 406; 413; 422.
/// - SeeAlso: PS3.18 §9.4.
struct RetrieveByURI: Function {
    static let route: Route = "GET /wado"
    static let pool = Pool.render
    static let contract = Contract.uri

    func respond(to request: Request, in context: Context) throws -> Response {
        let query = try ObjectURIQuery(request)
        let instance = try context.instance(query.resource)
        try context.visits.note(
            .studyViewed, study: instance.studyUID, by: context.caller, at: request.remoteAddress)
        let wanted = query.contentType ?? Self.usualType(of: instance, query)
        let acceptance = try Acceptance(wanted)
        let forms = RenderedFrame.offers + RenderedDocument.offers(for: instance) + [Offer("application/dicom")]
        // A frame that is not there is a malformed request of this service (PS3.18 §9.5.2).
        guard query.frame.map({ $0 <= instance.frameCount }) ?? true else {
            throw HTTPError.badRequest(
                "query.frameNumber", "The object has no such frame; it has \(instance.frameCount).",
                field: "frameNumber", details: ["count": "\(instance.frameCount)"])
        }
        guard try acceptance.choose(from: forms).essence == "application/dicom" else {
            return try context.picture(
                of: instance, frame: query.frame, for: .reading, as: acceptance, query.rendering, request)
        }
        let syntax = query.transferSyntax ?? TransferSyntax.explicitVRLittleEndian.uid.text
        return try context.answer(
            with: instance, as: Acceptance("application/dicom; transfer-syntax=\(syntax)"), request)
    }

    /// What is given when the caller leaves the choice (PS3.18 §9.4.1.2.1): a picture of an image of one frame.
    private static func usualType(of instance: RetrievedInstance, _ query: ObjectURIQuery) -> String {
        if let document = RenderedDocument.offers(for: instance).first { return document.essence }
        return instance.frameCount == 1 || query.frame != nil ? "image/jpeg" : "application/dicom"
    }
}
