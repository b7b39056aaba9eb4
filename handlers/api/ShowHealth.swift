import FunctionRuntime
import Glibc
import HTTPModel
import Portal

/// Says whether the portal works; which part does not is for administrators.
///
/// - Returns: 200 `ok`, or 503 when a part is away.
struct ShowHealth: Function {
    static let route: Route = "GET /api/health"
    static let access: Access = .open

    private struct Health: Encodable {
        let status: String
        let parts: [String: String]?
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        let database = (try? context.database.query("SELECT 1")) != nil
        let store = Glibc.access(context.store.root + "/incoming", W_OK) == 0
        let parts = ["database": database, "store": store].mapValues { $0 ? "ok" : "away" }
        let isWell = database && store
        var response = try Response.json(
            Health(status: isWell ? "ok" : "notOk", parts: context.caller.holdsOnAll(.administer) ? parts : nil),
            status: isWell ? 200 : 503)
        response.headers["Cache-Control"] = "no-store"
        if !isWell { response.headers["Retry-After"] = "5" }
        return response
    }
}
