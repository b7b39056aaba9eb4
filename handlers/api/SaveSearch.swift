import FunctionRuntime
import HTTPModel
import Portal

/// Saves filters of the list of patients under a name, in place of what had that name.
///
/// - Throws: 422 `search.name.missing`, `search.name.tooLong`, `search.filters.invalid`; 409 `search.tooMany`.
struct SaveSearch: Function {
    static let route: Route = "POST /api/searches"

    private struct Draft: Decodable {
        let name: String
        let filters: [String: String]
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let user = try context.signedInPerson()
        let draft = try request.json(as: Draft.self)
        let saved = try SavedSearches(database: context.database, user: user)
            .save(name: draft.name, filters: draft.filters)
        return try Response.json(saved, status: 201, headers: ["Location": "/api/searches/\(saved.id)"])
    }
}
