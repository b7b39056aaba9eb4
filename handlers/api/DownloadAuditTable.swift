import FunctionRuntime
import HTTPModel
import Portal

/// Gives the record as comma-separated values for a spreadsheet, and notes that it was taken out.
///
/// - Throws: 400 for a parameter that is unknown or cannot be; 403 unless the caller administers all.
struct DownloadAuditTable: Function {
    static let route: Route = "GET /api/audit.csv"
    static let pool = Pool.export
    static let access: Access = .permission("administer")
    static let contract = Contract(AuditFilter.parameters, gives: ["text/csv"])

    func respond(to request: Request, in context: Context) throws -> Response {
        let filter = try AuditFilter(request)
        let audit = try context.auditToTakeOut(for: request)
        return Response(
            headers: [
                "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": "attachment; filename=\"audit.csv\"",
            ],
            body: .stream { write in
                try write(Array(AuditTable.header.utf8)[...])
                try audit.forEach(filter) { entry in try write(Array(AuditTable.row(entry).utf8)[...]) }
            })
    }
}
