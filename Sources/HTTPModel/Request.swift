/// One request as a function sees it. Path and query are as they came: still percent-encoded.
package struct Request {
    package let method: Method
    /// The raw path, beginning with `/`, without the query.
    package let path: String
    /// The raw query without its `?`; empty when there is none.
    package let query: String
    package let headers: Headers
    /// The address of the client as nginx or the socket saw it; never taken from a header of the client.
    package let remoteAddress: String
    /// The values of the route's `{name}` components, percent-decoded.
    package let parameters: [String: String]
    package let body: RequestBody

    package init(
        method: Method, path: String, query: String = "", headers: Headers = [:],
        remoteAddress: String = "127.0.0.1", parameters: [String: String] = [:],
        body: RequestBody = .empty
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.remoteAddress = remoteAddress
        self.parameters = parameters
        self.body = body
    }

    /// The same request with the values of its route's components.
    package func with(parameters: [String: String]) -> Request {
        Request(
            method: method, path: path, query: query, headers: headers,
            remoteAddress: remoteAddress, parameters: parameters, body: body)
    }
}
