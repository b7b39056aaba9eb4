import FunctionRuntime
import HTTPModel
import Importing
import Portal

/// Takes back what an import stored, while nothing else has touched it: whole studies and new patients go into the
/// deletions, a study that has other instances loses those of the import. What a sidecar changed of a known patient stays.
///
/// - Throws: 404; 403 without `delete` for what somebody else brought; 409 `import.notUndoable`, `import.touched` with
///   the studies and patients that were changed since.
struct UndoImport: Function {
    static let route: Route = "POST /api/imports/{id}/undo"
    static let pool = Pool.write
    static let access = Access.permission("import")
    static let contract = Contract()

    func respond(to request: Request, in context: Context) throws -> Response {
        let undo = ImportUndo(database: context.database, caller: context.caller, address: request.remoteAddress)
        do {
            return try .json(undo.undo(try request.parameter("id")))
        } catch ImportUndo.Refusal.touched(let studies, let patients) {
            let most = 20
            throw HTTPError(
                409, "import.touched", "Something of this import was changed, attached or deleted since.",
                details: [
                    "studies": studies.prefix(most).joined(separator: " "),
                    "patients": patients.prefix(most).joined(separator: " "),
                ])
        } catch is ImportUndo.Refusal {
            throw HTTPError(
                409, "import.notUndoable", "Only an import that has ended can be taken back, and once.")
        }
    }
}
