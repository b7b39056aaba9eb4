import FunctionRuntime
import HTTPModel
import Portal

/// Lists who did what to whom, when and from where, the newest first.
///
/// - Throws: 400 for a parameter that is unknown or cannot be; 403 unless the caller administers all.
struct ListAudit: Function {
    static let route: Route = "GET /api/audit"
    static let access: Access = .permission("administer")
    static let contract = Contract(AuditFilter.parameters + QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        try Rights(database: context.database, caller: context.caller).requireOnAll(.administer)
        let audit = AuditList(database: context.database, caller: context.caller)
        return try request.answer(try audit.list(try AuditFilter(request), try request.pageRequest()))
    }
}

extension AuditFilter {
    static let parameters = [
        QueryParameter("actor", "The id of an account."),
        QueryParameter("patient", "The id of a patient: what happened to the file and its studies."),
        QueryParameter("study", "A Study Instance UID."),
        QueryParameter("action", "What was done, such as `study.viewed`, or `study.` for all that begins so."),
        QueryParameter("from", "On this day (UTC) or later."), QueryParameter("to", "On this day (UTC) or earlier."),
    ]

    /// - Throws: 400 `query.date.invalid`.
    init(_ request: Request) throws {
        self.init()
        actor = try request.queryValue("actor")
        patient = try request.queryValue("patient")
        study = try request.queryValue("study")
        action = try request.queryValue("action")
        from = try request.queryDay("from")
        to = try request.queryDay("to")
    }
}
