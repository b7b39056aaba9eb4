import FunctionRuntime
import HTTPModel
import Portal

/// Gathers patients and studies to be taken out: its maker may fetch the archive for a day.
///
/// - Throws: 404 for what is absent or hidden; 403 without `export` for one of them; 422 `export.empty`,
///   `export.tooMany`.
struct CreateExport: Function {
    static let route: Route = "POST /api/exports"
    static let access: Access = .permission("export")

    private struct Draft: Decodable {
        /// The patients' keys, each with all its studies.
        let patients: [String]?
        /// Study Instance UIDs.
        let studies: [String]?
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let draft = try request.json(as: Draft.self)
        let exports = Exports(database: context.database, caller: context.caller, address: request.remoteAddress)
        let made = try exports.make(ExportSelection(patients: draft.patients ?? [], studies: draft.studies ?? []))
        return try .json(made, status: 201, headers: ["Location": "/api/exports/\(made.id)"])
    }
}
