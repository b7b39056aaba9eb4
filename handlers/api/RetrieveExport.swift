import Exporting
import FunctionRuntime
import HTTPModel
import Portal

/// Gives the patients and studies of an export as a ZIP that an import reads, made while it is sent.
///
/// - Throws: 404 for an export that is absent, another person's or over, and when part of it is gone or hidden
///   meanwhile; 403 when the caller may not take part of it out any more.
struct RetrieveExport: Function {
    static let route: Route = "GET /api/exports/{id}"
    static let pool = Pool.export
    static let access: Access = .permission("export")
    static let contract = Contract(gives: ["application/zip"])

    func respond(to request: Request, in context: Context) throws -> Response {
        let exports = Exports(database: context.database, caller: context.caller)
        let selection = try exports.selection(try request.parameter("id"))
        let archive = ExportArchive(
            try exports.folders(of: selection), database: context.database, store: context.store,
            caller: context.caller
        ) { study in try context.noteExport(of: study, at: request.remoteAddress) }
        return Response(
            headers: [
                "Content-Type": "application/zip", "Content-Disposition": "attachment; filename=\"export.zip\"",
                "Cache-Control": "no-store",
            ], body: .stream { write in try archive.write(to: write) })
    }
}
