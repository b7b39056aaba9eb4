import HTTPModel
import Portal

/// One route and method as a stateless, synchronous function.
///
/// Parse → negotiate → authorise → freshness → respond. It holds nothing between calls and opens no file that a
/// segment could name. The type's name is the function's name.
package protocol Function: Sendable {
    static var route: Route { get }
    static var pool: Pool { get }
    static var access: Access { get }
    /// The largest request body, in bytes.
    static var bodyLimit: Int { get }
    /// How long an invocation may take, or be idle in the pools `write` and `export`, in seconds.
    static var deadline: Int { get }
    /// What it understands and gives; a parameter that is not in it is refused before the function is asked.
    static var contract: Contract { get }
    /// What the record says of who reads the study that the address names, once per visit; `nil` where nothing of it is
    /// read.
    static var visit: Audit.Action? { get }
    /// What of the instance that the address names is looked up together with the caller; `nil` where none is named.
    static var lookup: InstanceLookup? { get }

    init()

    /// - Throws: `HTTPError` for a refusal; anything else becomes a 500 (or 503 when the database is away) whose
    ///   detail goes to the log alone.
    func respond(to request: Request, in context: Context) throws -> Response

    /// What is likely asked for after a request that was answered: by the same caller, with the same header fields and
    /// without a query. Only what the store holds as it will be sent.
    func next(after request: Request, in context: Context) throws -> [NextAnswer]
}

/// An answer to a request that has not come.
package struct NextAnswer {
    let path: String
    let answer: () throws -> Response?

    /// - Parameters:
    ///   - path: in the spelling that clients use.
    ///   - answer: `nil` when there is none yet; called at most once in a while.
    package init(_ path: String, _ answer: @escaping () throws -> Response?) {
        self.path = path
        self.answer = answer
    }
}

/// How much of an instance a function wants to know before it begins.
package enum InstanceLookup: Sendable { case file, fileAndFrames }

extension Function {
    package static var pool: Pool { .read }
    package static var access: Access { .session }
    package static var bodyLimit: Int { 1 << 20 }
    package static var deadline: Int { 30 }
    package static var visit: Audit.Action? { nil }
    package static var lookup: InstanceLookup? { nil }

    package func next(after request: Request, in context: Context) throws -> [NextAnswer] { [] }

    /// A document of the API: JSON both ways, nothing after DELETE.
    package static var contract: Contract {
        let hasBody = [.post, .put, .patch].contains(route.method)
        return Contract(
            takes: hasBody ? ["application/json"] : [], gives: route.method == .delete ? [] : ["application/json"])
    }

    package static var entry: FunctionEntry {
        FunctionEntry(
            name: String(describing: Self.self), route: route, pool: pool, access: access,
            bodyLimit: bodyLimit, deadline: deadline, visit: visit?.rawValue)
    }
}
