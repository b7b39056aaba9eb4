import FunctionRuntime
import HTTPModel
import Portal

/// Lists the searches for patients that the caller saved, by name.
struct ListSearches: Function {
    static let route: Route = "GET /api/searches"

    func respond(to request: Request, in context: Context) throws -> Response {
        let searches = try SavedSearches(database: context.database, user: try context.signedInPerson()).list()
        return try request.answer(Page(items: searches, next: nil, total: searches.count))
    }
}
