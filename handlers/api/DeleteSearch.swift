import FunctionRuntime
import HTTPModel
import Portal

/// Removes one of the caller's own saved searches.
///
/// - Throws: 404.
struct DeleteSearch: Function {
    static let route: Route = "DELETE /api/searches/{id}"

    func respond(to request: Request, in context: Context) throws -> Response {
        let user = try context.signedInPerson()
        try SavedSearches(database: context.database, user: user).delete(try request.parameter("id"))
        return Response(status: 204)
    }
}
