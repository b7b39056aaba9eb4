import FunctionRuntime
import Glibc
import HTTPModel
import Portal
import SelfTesting

/// Looks after every part of the portal now.
struct ListParts: Function {
    static let route: Route = "GET /api/health/parts"
    static let access: Access = .permission("administer")

    private struct Part: Encodable {
        enum State: String, Encodable { case ok, away, late, absent }

        let name: String
        let state: State
        /// Where it is, or why it is not.
        var detail = ""
        /// When it last did what it does again and again.
        @Nullable var at: String?
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        try Rights(database: context.database, caller: context.caller).requireOnAll(.administer)
        let settings = context.settings
        let upkeep = Upkeep(database: context.database)
        let (jobs, audit) = (try upkeep.jobLoop(), try upkeep.seals())
        let web = WebClient(place: settings.front)
        let parts = [
            Part(name: "database", state: .ok, detail: try upkeep.databaseVersion(), at: nil),
            Part(
                name: "store", state: Glibc.access(context.store.root + "/incoming", W_OK) == 0 ? .ok : .away, at: nil),
            part("front", settings.front) { try web.send("GET", "/robots.txt", seconds: 3).status == 200 },
            part("viewer", "/viewer/") { try web.send("GET", "/viewer/", seconds: 3).status == 200 },
            part("receiver", settings.receiver) {
                _ = try ClientSocket(settings.receiver, seconds: 3); return true
            },
            overTLS(settings),
            Part(name: "jobs", state: jobs.isLate ? .late : .ok, at: jobs.at),
            Part(name: "audit", state: audit.isLate ? .late : .ok, at: audit.at),
        ]
        return try request.answer(Page(items: parts, next: nil, total: parts.count))
    }

    private func part(_ name: String, _ place: String, _ isThere: () throws -> Bool) -> Part {
        do { return Part(name: name, state: try isThere() ? .ok : .away, detail: place, at: nil) } catch {
            return Part(name: name, state: .away, detail: "\(error)", at: nil)
        }
    }

    /// The same host as without TLS.
    private func overTLS(_ settings: Settings) -> Part {
        guard let port = settings.dicomTLSPort, let colon = settings.receiver.lastIndex(of: ":") else {
            return Part(name: "receiverTLS", state: .absent, at: nil)
        }
        let place = "\(settings.receiver[..<colon]):\(port)"
        return part("receiverTLS", place) {
            _ = try ClientSocket(place, seconds: 3); return true
        }
    }
}
