import FunctionRuntime
import HTTPModel
import Importing

/// Says which files of an import the portal holds already, visible to the caller and byte for byte: they need not be
/// sent.
///
/// - Throws: 404; 409 `import.notReceiving`; 422 `import.sha256`.
struct RecogniseImportFiles: Function {
    static let route: Route = "POST /api/imports/{id}/known"
    static let access = Access.permission("import")
    static let bodyLimit = 8 << 20

    private struct Hashes: Decodable { let files: [FileHash] }

    func respond(to request: Request, in context: Context) throws -> Response {
        let hashes = try request.json(as: Hashes.self, limit: Self.bodyLimit)
        let known = try context.imports.recognise(
            hashes.files, of: try request.parameter("id"), for: context.caller)
        return try .json(["known": known])
    }
}
