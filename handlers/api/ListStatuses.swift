import FunctionRuntime
import HTTPModel
import Portal

/// Lists the states of the workflow, with their labels in both languages.
struct ListStatuses: Function {
    static let route: Route = "GET /api/statuses"

    func respond(to request: Request, in context: Context) throws -> Response {
        let statuses = try Statuses(database: context.database).list()
        return try request.answer(Page(items: statuses, next: nil, total: statuses.count))
    }
}
