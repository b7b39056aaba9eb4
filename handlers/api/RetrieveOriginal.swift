import DICOM
import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Gives the file of one Instance, byte for byte as it was received.
///
/// - Throws: 400 for a malformed UID; 403 without `export` for its patient; 404 when it is absent or hidden from the caller.
struct RetrieveOriginal: Function {
    static let route: Route = "GET /api/instances/{instance}/original"
    static let contract = Contract(gives: ["application/dicom"])

    func respond(to request: Request, in context: Context) throws -> Response {
        guard let uid = UID(request.parameters["instance"] ?? "") else {
            throw HTTPError.badRequest("uid.malformed", "The UID in the address is malformed.", field: "instance")
        }
        guard let instance = try context.retrieval.instance(uid.text, for: context.caller) else {
            throw HTTPError.notFound
        }
        try context.noteExport(of: instance.studyUID, at: request.remoteAddress)
        return try request.conditional(on: EntityTag(instance.hash)) {
            Response(
                headers: [
                    "Content-Type": "application/dicom",
                    "Content-Disposition": "attachment; filename=\"\(uid).dcm\"",
                ], body: .object(try instance.key(), length: instance.size))
        }
    }
}
