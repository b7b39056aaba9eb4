import HTTPModel
import Invocation
import NIOHTTP1

/// Turns a request's head into what a pool can take, or refuses it.
struct Acceptance {
    let routes: RouteTable
    let limits: Limits

    /// A request that a function will answer.
    struct Accepted {
        let entry: FunctionEntry
        /// The invocation's frame.
        let frame: [UInt8]
        let body: InvocationHead.Body
    }

    /// - Parameter takesAhead: whether answers to what is likely asked for next can be given.
    /// - Throws: what `RequestRules` refuses; 404, 405, 413.
    func accept(
        _ head: HTTPRequestHead, requestID: String, remoteAddress: String, takesAhead: Bool
    ) throws(HTTPError) -> Accepted {
        let body = try RequestRules.check(head, limits)
        let end = head.uri.utf8.firstIndex(of: UInt8(ascii: "?"))
        let path = head.uri[..<(end ?? head.uri.endIndex)]
        let query = end.map { String(head.uri[head.uri.utf8.index(after: $0)...]) } ?? ""
        let method = Method(rawValue: head.method.rawValue)
        switch routes.match(method, path) {
        case .notFound: throw .notFound
        case .methodNotAllowed(let methods): throw .methodNotAllowed(methods)
        case .function(let entry, let parameters):
            if case .declared(let length) = body, length > entry.bodyLimit {
                throw .contentTooLarge(limit: entry.bodyLimit)
            }
            let invocation = InvocationHead(
                requestID: requestID, function: entry.name, method: method ?? entry.route.method,
                path: String(path), query: query,
                remoteAddress: remoteAddress, headers: Self.fields(head.headers), parameters: parameters, body: body,
                takesAhead: takesAhead)
            guard let frame = try? invocation.frame() else {
                throw HTTPError(431, "header.tooLarge", "The request's header is too large.")
            }
            return Accepted(entry: entry, frame: frame, body: body)
        }
    }

    private static func fields(_ headers: HTTPHeaders) -> Headers {
        var fields = Headers()
        for (name, value) in headers { fields.add(name, value) }
        return fields
    }
}
