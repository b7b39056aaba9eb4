import FunctionRuntime
import HTTPModel
import Portal

/// Makes a group, without members and grants.
///
/// - Throws: 403 `rights.beyond`; 409 `group.name.taken`; 422 with the broken fields.
struct CreateGroup: Function {
    static let route: Route = "POST /api/groups"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let draft = try request.json(as: GroupDraft.self)
        let groups = Groups(database: context.database, caller: context.caller, address: request.remoteAddress)
        let id = try Creations(database: context.database, caller: context.caller)
            .once(request.headers["Idempotency-Key"], kind: "group") { try groups.make(draft).id }
        let group = try groups.find(id)
        return try request.answer(group, revision: group.revision, status: 201, location: "/api/groups/\(id)")
    }
}
