import HTTPModel
import ObjectStore
import Testing

@testable import FunctionRuntime

/// CGI/1.1: environment and input become a request, an answer becomes a header block and a body.
@Suite struct GatewayTests {
    private func request(
        _ environment: [String: String], _ route: Route = "GET /api/things/{id}", input: [[UInt8]] = []
    ) throws -> Request {
        var rest = input
        return try GatewayRequest(environment: environment).request(for: route, bodyLimit: 10) {
            rest.isEmpty ? [] : rest.removeFirst()
        }
    }

    @Test func theRawPathGoesBeforeTheDecodedOne() throws {
        let raw = try request([
            "REQUEST_METHOD": "GET", "REQUEST_URI": "/api/things/a%20b?x=1", "PATH_INFO": "/api/things/other",
            "HTTP_COOKIE": "session=s", "HTTP_USER_AGENT": "curl", "CONTENT_TYPE": "a/b", "REMOTE_ADDR": "192.0.2.1",
        ])
        #expect(raw.path == "/api/things/a%20b")
        #expect(raw.query == "x=1")
        #expect(raw.parameters == ["id": "a b"])
        #expect(raw.headers["Cookie"] == "session=s")
        #expect(raw.headers["User-Agent"] == "curl")
        #expect(raw.headers["Content-Type"] == "a/b")
        #expect(raw.remoteAddress == "192.0.2.1")
        let decoded = try request(["SCRIPT_NAME": "/api", "PATH_INFO": "/things/a b", "QUERY_STRING": "y=2"])
        #expect(decoded.path == "/api/things/a%20b")
        #expect(decoded.query == "y=2")
    }

    @Test func whatIsMissingHasAnAnswerToo() throws {
        #expect(try request(["REQUEST_URI": "/api/things/1"]).method == .get)
        #expect(try request(["REQUEST_URI": "/api/things/1", "REQUEST_METHOD": "HEAD"]).method == .head)
        #expect(try request([:], "GET /api/things").path == "/api/things")
        for (environment, status) in [
            ([:], 400), (["REQUEST_URI": "/api/other"], 404), (["REQUEST_URI": ""], 404),
            (["REQUEST_URI": "/api/things/1", "REQUEST_METHOD": "POST"], 405),
            (["REQUEST_URI": "/api/things/1", "REQUEST_METHOD": "BREW"], 405),
            (["REQUEST_URI": "/api/things/1", "CONTENT_LENGTH": "x"], 400),
            (["REQUEST_URI": "/api/things/1", "CONTENT_LENGTH": "-1"], 400),
            (["REQUEST_URI": "/api/things/1", "CONTENT_LENGTH": "11"], 413),
        ] as [([String: String], Int)] {
            do {
                _ = try request(environment)
                Issue.record("\(environment) is answered")
            } catch let error as HTTPError {
                #expect(error.status.code == status)
            }
        }
    }

    @Test func theBodyEndsWhereItsLengthSays() throws {
        let environment = ["REQUEST_URI": "/api/things", "CONTENT_LENGTH": "5"]
        let body = try request(environment, "POST /api/things", input: [[1, 2, 3], [4, 5, 6, 7]]).body
        #expect(try body.collected(limit: 10) == [1, 2, 3, 4, 5])
        let cut = try request(environment, "POST /api/things", input: [[1, 2, 3]]).body
        #expect(throws: HTTPError.self) { try cut.collected(limit: 10) }
    }

    private func sent(_ response: Response, omitsBody: Bool = false, _ context: Context? = nil) throws -> String {
        var output: [UInt8] = []
        let context = try context ?? .forTest()
        try GatewayAnswer(workshop: Workshop(context)) { output += $0 }
            .send(response, omitsBody: omitsBody, failed: { _ in Response(status: 500) })
        return String(decoding: output, as: UTF8.self)
    }

    @Test func anAnswerIsAHeaderBlockAndABody() throws {
        let headers: Headers = ["ETag": "\"1\"", "X-Split": "a\r\nb: c"]
        #expect(
            try sent(Response(headers: headers, body: .bytes([65, 66])))
                == "Status: 200 OK\r\nETag: \"1\"\r\nContent-Length: 2\r\n\r\nAB")
        #expect(
            try sent(Response(body: .bytes([65])), omitsBody: true) == "Status: 200 OK\r\nContent-Length: 1\r\n\r\n")
        #expect(try sent(Response(status: 304)) == "Status: 304 Not Modified\r\n\r\n")
        #expect(try sent(Response(body: .stream { try $0([65]) })) == "Status: 200 OK\r\n\r\nA")
        struct Broken: Error {}
        #expect(try sent(Response(body: .stream { _ in throw Broken() })).hasPrefix("Status: 500"))
        #expect(throws: Broken.self) {
            try sent(
                Response(
                    body: .stream { write in
                        try write([65])
                        throw Broken()
                    }))
        }
    }

    @Test func piecesOfTheStoreAreCopied() throws {
        let context = try Context.forTest()
        let key = try #require(ObjectKey("derived/a.txt"))
        try context.store.put(Array("0123456789".utf8), at: key)
        let segments = Response(body: .segments([.bytes([65]), .object(key, offset: 3, length: 4), .bytes([66])]))
        #expect(try sent(segments, context).hasSuffix("Content-Length: 6\r\n\r\nA3456B"))
        #expect(try sent(Response(body: .object(key, length: 10)), context).hasSuffix("\r\n\r\n0123456789"))
        #expect(throws: (any Error).self) { try sent(Response(body: .object(key, length: 11)), context) }
    }
}
