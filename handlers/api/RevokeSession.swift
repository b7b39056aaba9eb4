import FunctionRuntime
import HTTPModel
import Portal

/// Ends one of the caller's own sign-ins.
///
/// - Throws: 404.
struct RevokeSession: Function {
    static let route: Route = "DELETE /api/sessions/{id}"

    func respond(to request: Request, in context: Context) throws -> Response {
        let user = try context.signedInPerson()
        let id = try request.parameter("id")
        try context.database.transaction {
            guard try Sessions(database: context.database).revoke(id: id, of: user, kind: .session) else {
                throw PortalError.notFound
            }
            try Audit(database: context.database, actor: user, address: request.remoteAddress)
                .record(.sessionRevoked, details: ["user": user, "session": id])
        }
        return Response(status: 204)
    }
}
