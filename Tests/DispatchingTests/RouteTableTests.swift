import HTTPModel
import Testing

@testable import Dispatching

@Suite struct RouteTableTests {
    private let table = RouteTable(
        [
            "GET /api/a", "POST /api/a", "GET /api/a/{id}", "GET /api/a/new", "HEAD /api/f/{n}", "PUT /api/f/{n}",
            "DELETE /api/{kind}/new",
        ].compactMap { Route($0) }.map {
            FunctionEntry(
                name: $0.description, route: $0, pool: .read, access: .open, bodyLimit: 0, deadline: 1)
        })

    private func answer(_ method: Method?, _ path: String) -> String {
        switch table.match(method, path[...]) {
        case .function(let entry, let parameters): "\(entry.name) \(parameters.sorted { $0.key < $1.key }.map(\.value))"
        case .methodNotAllowed(let methods): methods.map(\.rawValue).joined(separator: ",")
        case .notFound: "-"
        }
    }

    @Test(
        arguments: [
            (Method.get, "/api/a", "GET /api/a []"), (.head, "/api/a", "GET /api/a []"),
            (.get, "/api/a/x%20y", "GET /api/a/{id} [\"x y\"]"), (.get, "/api/a/new", "GET /api/a/new []"),
            (.head, "/api/f/1", "HEAD /api/f/{n} [\"1\"]"), (.delete, "/api/a/new", "DELETE /api/{kind}/new [\"a\"]"),
            (.delete, "/api/a", "GET,HEAD,POST"), (nil, "/api/f/1", "HEAD,PUT"),
            (.post, "/api/a/new", "DELETE,GET,HEAD"),
            (.get, "/api", "-"), (.get, "/api/a/", "-"), (.get, "/api//a", "-"), (.get, "/", "-"), (.get, "", "-"),
            (.get, "/api/a/%2F", "-"), (.get, "/api/a/%00", "-"), (.get, "/api/a/b/c", "-"),
            (.get, String(repeating: "/a", count: 10_000), "-"),
        ] as [(Method?, String, String)])
    func aPathLeadsToItsFunction(method: Method?, path: String, expected: String) {
        #expect(answer(method, path) == expected)
    }
}
