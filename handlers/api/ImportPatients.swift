import FunctionRuntime
import HTTPModel
import Importing

/// Stores patients and files from one request: an archive, a folder as a form, or a single DICOM file.
///
/// - Throws: 400 for an archive or JSON that cannot be read; 409 with `onExisting=fail`, or for an `id` that is taken;
///   413; 415; 422 when a sidecar is all there is and breaks a rule.
struct ImportPatients: Function {
    static let route: Route = "POST /api/patients/import"
    static let pool = Pool.write
    static let access = Access.permission("import")
    static let bodyLimit = 64 << 30
    /// Storing goes on long after the last byte has come.
    static let deadline = 3600
    static let contract = Contract(
        ImportWish.parameters, takes: ["application/zip", "multipart/form-data", "application/dicom"])

    func respond(to request: Request, in context: Context) throws -> Response {
        let wish = try ImportWish(request)
        if wish.isDeferred {
            try context.imports.take(request, wish, by: context.caller)
            return try .json(
                ["id": wish.id, "state": "running"], status: 202, headers: ["Location": "/api/imports/\(wish.id)"])
        }
        return try .json(context.imports.run(request, wish, by: context.caller))
    }
}
