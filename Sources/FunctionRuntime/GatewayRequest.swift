import HTTPModel

/// Reads a CGI/1.1 request (RFC 3875 §4.1) from an environment.
struct GatewayRequest {
    let environment: [String: String]

    /// - Parameters:
    ///   - route: of the function that is asked; its method stands in for a missing `REQUEST_METHOD`, its path for a missing
    ///     path when it has no parameters.
    ///   - input: gives the next bytes of the body, empty at its end.
    /// - Throws: 400 without a path or with a malformed length; 404 when the path is another function's; 405; 413.
    func request(for route: Route, bodyLimit: Int, input: @escaping () throws -> [UInt8]) throws(HTTPError) -> Request {
        let method = try method(for: route)
        let (path, query) = try target(for: route)
        guard let parameters = route.match(path) else { throw .notFound }
        return Request(
            method: method, path: path, query: query, headers: headers,
            remoteAddress: environment["REMOTE_ADDR"] ?? "127.0.0.1", parameters: parameters,
            body: try body(limit: bodyLimit, input))
    }

    private func method(for route: Route) throws(HTTPError) -> Method {
        guard let name = environment["REQUEST_METHOD"] else { return route.method }
        let allowed: [Method] = route.method == .get ? [.get, .head] : [route.method]
        guard let method = Method(rawValue: name), allowed.contains(method) else {
            let allow = allowed.map(\.rawValue).joined(separator: ", ")
            throw HTTPError(
                405, "method.notAllowed", "This method is not possible here; possible: \(allow).",
                details: ["allow": allow], headers: ["Allow": allow])
        }
        return method
    }

    /// The raw path of `REQUEST_URI`, as `PATH_INFO` comes decoded and no longer tells `/` from `%2F`.
    private func target(for route: Route) throws(HTTPError) -> (path: String, query: String) {
        let query = environment["QUERY_STRING"]
        if let target = environment["REQUEST_URI"] {
            let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), query ?? (parts.count > 1 ? String(parts[1]) : ""))
        }
        let decoded = (environment["SCRIPT_NAME"] ?? "") + (environment["PATH_INFO"] ?? "")
        if !decoded.isEmpty {
            let parts = decoded.split(separator: "/", omittingEmptySubsequences: false)
            return (parts.map { PercentEncoding.encode(String($0)) }.joined(separator: "/"), query ?? "")
        }
        guard !route.components.contains(where: { $0.hasPrefix("{") }) else {
            throw .badRequest(
                "path.missing", "The path is missing: set REQUEST_URI or PATH_INFO, as in \(route.pattern).")
        }
        return (route.pattern, query ?? "")
    }

    private var headers: Headers {
        var headers = Headers()
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
            if name.hasPrefix("HTTP_"), name.utf8.count > 5 {
                headers.add(Self.fieldName(name.dropFirst(5)), value)
            } else if name == "CONTENT_TYPE", !value.isEmpty {
                headers.add("Content-Type", value)
            }
        }
        return headers
    }

    /// `USER_AGENT` → `User-Agent`.
    private static func fieldName(_ name: Substring) -> String {
        name.split(separator: "_").map { $0.prefix(1) + $0.dropFirst().lowercased() }.joined(separator: "-")
    }

    private func body(limit: Int, _ input: @escaping () throws -> [UInt8]) throws(HTTPError) -> RequestBody {
        guard let text = environment["CONTENT_LENGTH"], !text.isEmpty else { return .empty }
        guard let length = Int(text), length >= 0 else {
            throw .badRequest("header.length", "CONTENT_LENGTH is no number of bytes.")
        }
        guard length <= limit else { throw .contentTooLarge(limit: limit) }
        var left = length
        return RequestBody(declaredLength: length) {
            guard left > 0 else { return nil }
            let bytes = Array(try input().prefix(left))
            guard !bytes.isEmpty else {
                throw HTTPError.badRequest("body.cut", "The request's body ended before it was complete.")
            }
            left -= bytes.count
            return bytes
        }
    }
}
