import FunctionRuntime
import HTTPModel
import Portal

extension Context {
    /// The record for someone who takes it out, which is noted.
    ///
    /// - Throws: 403 unless the caller administers all.
    func auditToTakeOut(for request: Request) throws -> AuditList {
        try Rights(database: database, caller: caller).requireOnAll(.administer)
        try Audit(database: database, actor: caller.userID, address: request.remoteAddress).record(
            .auditExported, details: ["query": request.query])
        return AuditList(database: database, caller: caller)
    }
}
