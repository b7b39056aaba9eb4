import FunctionRuntime
import HTTPModel
import Portal

/// Gives a study without a patient its patient; no DICOM answer changes by that.
///
/// Unless it is to be corrected: then every answer of DICOMweb shows it under the name, id, birth date and sex that the
/// patient's file has now, with what the files say in the Original Attributes Sequence. A study that has this patient
/// already is corrected too. The files stay as they were received; detaching takes the correction away.
///
/// - Throws: 404; 403; 409 `study.attached` when it has another patient already; 422 `inbox.patient.unknown`.
/// - SeeAlso: PS3.3 §C.12.1.
struct AttachStudy: Function {
    static let route: Route = "POST /api/inbox/{study}/attach"
    static let access: Access = .permission("editPatients")

    private struct Choice: Decodable {
        let patient: String
        let correct: Bool?
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let choice = try request.json(as: Choice.self)
        let study = try request.parameter("study")
        let inbox = Inbox(database: context.database, caller: context.caller, address: request.remoteAddress)
        if choice.correct == true {
            try inbox.correct(study: study, by: choice.patient, at: context.settings.aeTitle)
        } else {
            try inbox.attach(study: study, to: choice.patient)
        }
        return Response(status: 204)
    }
}
