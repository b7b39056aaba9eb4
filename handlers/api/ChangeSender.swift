import FunctionRuntime
import HTTPModel
import Portal

/// Changes what a DICOM sender may, and which group sees what it sends.
///
/// - Throws: 404; 422 `sender.group.unknown`, `sender.charset.invalid`.
struct ChangeSender: Function {
    static let route: Route = "PATCH /api/senders/{id}"
    static let access: Access = .permission("administer")

    private struct Draft: Decodable {
        let allowed: Bool?
        let charset: String?
        let group: Change<String>

        private enum Key: String, CodingKey { case allowed, charset, group }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            allowed = try container.decodeIfPresent(Bool.self, forKey: .allowed)
            charset = try container.decodeIfPresent(String.self, forKey: .charset)
            group = try container.change(String.self, .group)
        }
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        try Rights(database: context.database, caller: context.caller).requireOnAll(.administer)
        let draft = try request.json(as: Draft.self)
        let id = try request.parameter("id")
        let senders = Senders(database: context.database)
        try senders.change(id, allowed: draft.allowed, charset: draft.charset, group: draft.group)
        try Audit(database: context.database, actor: context.caller.userID, address: request.remoteAddress)
            .record(.senderChanged, details: ["sender": id])
        guard let sender = try senders.find(id: id) else { throw PortalError.notFound }
        return try request.answer(sender)
    }
}
