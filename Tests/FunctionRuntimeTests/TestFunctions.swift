import HTTPModel
import ObjectStore

@testable import FunctionRuntime

/// Says who calls; anyone may ask.
struct WhoAmI: Function {
    static let route: Route = "GET /api/who"
    static let access = Access.open
    func respond(to request: Request, in context: Context) throws -> Response {
        Response(body: .bytes(Array((context.caller.userID ?? "stranger").utf8)))
    }
}

struct ReadThing: Function {
    static let route: Route = "GET /api/things/{id}"
    func respond(to request: Request, in context: Context) throws -> Response {
        try Response.json(["id": request.parameters["id"] ?? ""])
    }
}

struct ChangeThing: Function {
    struct Body: Decodable {
        let name: String
        let sizes: [Int]
    }

    static let route: Route = "POST /api/things"
    static let access = Access.permission("administer")
    static let bodyLimit = 1000
    func respond(to request: Request, in context: Context) throws -> Response {
        let body = try request.json(as: Body.self)
        return try Response.json(["name": body.name], status: 201)
    }
}

struct Fail: Function {
    struct Quoting: Error { let patient = "DOE^JANE" }

    static let route: Route = "GET /api/fail"
    static let access = Access.open
    func respond(to request: Request, in context: Context) throws -> Response { throw Quoting() }
}

struct AskDatabase: Function {
    static let route: Route = "GET /api/ask"
    static let access = Access.open
    func respond(to request: Request, in context: Context) throws -> Response {
        _ = try context.database.query("SELECT 1")
        return Response()
    }
}

extension Invoker {
    convenience init(_ context: Context) {
        self.init(
            functions: [WhoAmI.self, ReadThing.self, ChangeThing.self, Fail.self, AskDatabase.self],
            workshop: Workshop(context))
    }

    func text(_ response: Response) -> String {
        if case .bytes(let bytes) = response.body { String(decoding: bytes, as: UTF8.self) } else { "" }
    }
}
