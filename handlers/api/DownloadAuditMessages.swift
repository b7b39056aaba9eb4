import FunctionRuntime
import HTTPModel
import Portal

/// Gives the record as audit messages of DICOM (PS3.15 §A.5), one after the other within one element, and notes that it
/// was taken out.
///
/// - Throws: 400 for a parameter that is unknown or cannot be; 403 unless the caller administers all.
struct DownloadAuditMessages: Function {
    static let route: Route = "GET /api/audit.xml"
    static let pool = Pool.export
    static let access: Access = .permission("administer")
    static let contract = Contract(AuditFilter.parameters, gives: ["application/xml"])

    func respond(to request: Request, in context: Context) throws -> Response {
        let filter = try AuditFilter(request)
        let audit = try context.auditToTakeOut(for: request)
        return Response(
            headers: ["Content-Type": "application/xml", "Content-Disposition": "attachment; filename=\"audit.xml\""],
            body: .stream { write in
                try write(Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<AuditMessages>\n".utf8)[...])
                try audit.forEach(filter) { entry in try write(Array((AuditMessage(entry).xml + "\n").utf8)[...]) }
                try write(Array("</AuditMessages>\n".utf8)[...])
            })
    }
}
