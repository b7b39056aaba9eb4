import FunctionRuntime
import HTTPModel
import Portal

/// Replaces a group by a whole document; its members and grants stay.
///
/// - Throws: 404; 403 `rights.beyond`; 409 `group.name.taken`, `users.lastManager`; 412; 422.
struct ReplaceGroup: Function {
    static let route: Route = "PUT /api/groups/{id}"
    static let access: Access = .permission("manageUsers")

    func respond(to request: Request, in context: Context) throws -> Response {
        let draft = try request.json(as: GroupDraft.self)
        let groups = Groups(
            database: context.database, caller: context.caller, address: request.remoteAddress)
        let group = try groups.change(try request.parameter("id"), draft.replacing) { try request.requireRevision($0) }
        return try request.answer(group, revision: group.revision)
    }
}
