import FunctionRuntime
import HTTPModel
import Portal

/// Lists the files that came under a known SOP Instance UID with another content, the newest first.
///
/// - Throws: 400 for a parameter that cannot be; 403 unless the caller administers all.
struct ListConflicts: Function {
    static let route: Route = "GET /api/conflicts"
    static let access: Access = .permission("administer")
    static let contract = Contract(
        [QueryParameter("state", "open or resolved; both without it.")] + QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        try Rights(database: context.database, caller: context.caller).requireOnAll(.administer)
        let states: [String: Bool] = ["open": false, "resolved": true]
        let wanted = try request.queryValue("state")
        guard wanted.map({ states[$0] != nil }) != false else {
            throw HTTPError.badRequest("conflict.state", "The parameter 'state' is open or resolved.", field: "state")
        }
        let records = ConflictRecords(database: context.database, caller: context.caller)
        return try request.answer(
            try records.list(isResolved: wanted.flatMap { states[$0] }, try request.pageRequest()))
    }
}
