import FunctionRuntime
import HTTPModel
import Portal

/// Lists what waits and runs in the background.
struct ListJobs: Function {
    static let route: Route = "GET /api/jobs"
    static let access: Access = .permission("administer")

    func respond(to request: Request, in context: Context) throws -> Response {
        try Rights(database: context.database, caller: context.caller).requireOnAll(.administer)
        let jobs = try Jobs(database: context.database).list()
        return try request.answer(Page(items: jobs, next: nil, total: jobs.count))
    }
}
