import FunctionRuntime
import HTTPModel
import Importing

/// Shows one import: its state and progress while it runs, its report afterwards. Made to be polled with
/// `If-None-Match`.
///
/// - Throws: 404 for an import that is absent or another person's.
struct ShowImport: Function {
    static let route: Route = "GET /api/imports/{id}"
    static let access = Access.permission("import")

    func respond(to request: Request, in context: Context) throws -> Response {
        guard let id = request.parameters["id"], let found = try context.imports.find(id, for: context.caller) else {
            throw HTTPError.notFound
        }
        return request.conditional(on: found.tag) {
            Response(headers: ["Content-Type": "application/json"], body: .bytes(found.document))
        }
    }
}
