import FunctionRuntime
import HTTPModel
import Portal

/// Begins a self-test: a synthetic study goes through every door, is found, shown and removed. `GET` tells how it goes.
///
/// - Returns: 202 with the run; one that goes on already is not begun again.
struct RunSelfTest: Function {
    static let route: Route = "POST /api/selftest"
    static let access: Access = .permission("administer")

    func respond(to request: Request, in context: Context) throws -> Response {
        try Rights(database: context.database, caller: context.caller).requireOnAll(.administer)
        let run = try SelfTests(database: context.database)
            .begin(by: context.caller, address: request.remoteAddress)
        return try .json(run, status: 202, headers: ["Location": "/api/selftest"])
    }
}
