import FunctionRuntime
import HTTPModel
import Portal

/// Shows the newest self-test with its steps.
struct ShowSelfTest: Function {
    static let route: Route = "GET /api/selftest"
    static let access: Access = .permission("administer")

    private struct Shown: Encodable {
        /// Null when none was ever made.
        @Nullable var run: SelfTests.Run?
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        try Rights(database: context.database, caller: context.caller).requireOnAll(.administer)
        return try request.answer(Shown(run: SelfTests(database: context.database).last()))
    }
}
