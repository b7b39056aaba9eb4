import HTTPModel
import Logging
import Synchronization
import Testing

@testable import FunctionRuntime

/// What an invocation becomes when something is wrong, and what every answer carries.
@Suite struct InvokerTests {
    private func answer(_ name: String, _ request: Request, _ context: Context) -> (Response, String) {
        let invoker = Invoker(context)
        let response = invoker.respond(to: request, function: name, id: "r7")
        return (response, invoker.text(response))
    }

    @Test func everyAnswerForbidsSharingAndSniffing() throws {
        let (response, _) = answer("WhoAmI", Request(method: .get, path: "/api/who"), try .forTest())
        #expect(response.headers["Cache-Control"] == "private, no-cache")
        #expect(response.headers["Vary"] == "Cookie, Authorization, Accept, Accept-Encoding, Save-Data")
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
        #expect(response.headers["X-Request-Id"] == "r7")
        #expect(response.headers["Server-Timing"]?.hasPrefix("function;dur=") == true)
    }

    @Test func aParameterThatTheContractDoesNotHaveIsRefused() throws {
        let (response, text) = answer("WhoAmI", Request(method: .get, path: "/", query: "colour=red"), try .forTest())
        #expect(response.status == 400)
        #expect(text.contains("\"query.unknown\"") && text.contains("\"colour\""))
    }

    @Test func anAbsentDatabaseIs503ForThoseWhoNeedIt() throws {
        let context = try Context.forTest()
        for (name, status) in [("AskDatabase", 503), ("WhoAmI", 200), ("Nothing", 404)] {
            let (response, _) = answer(name, Request(method: .get, path: "/"), context)
            #expect(response.status.code == status)
        }
        let (refused, _) = answer(
            "ReadThing",
            Request(method: .get, path: "/", headers: ["Authorization": "Bearer \(String(repeating: "a", count: 43))"]),
            context)
        #expect(refused.status == 503)
        #expect(refused.headers["Retry-After"] == "5")
    }

    @Test func anUnexpectedErrorIs500AndQuotesNothing() throws {
        let lines = Lines()
        let context = try Context.forTest()
        context.log = Logger(label: "test") { _ in lines.handler }
        let invoker = Invoker(functions: [Fail.self], workshop: Workshop(context))
        let response = invoker.respond(
            to: Request(method: .get, path: "/", headers: ["Accept-Language": "fr-FR"]), function: "Fail", id: "r7")
        #expect(response.status == 500)
        let text = invoker.text(response)
        #expect(text.contains("\"code\":\"internal\""))
        #expect(text.contains("\"requestId\":\"r7\""))
        #expect(text.contains("consignée"))
        #expect(!text.contains("DOE"))
        let logged = lines.all
        #expect(logged.contains("Quoting"))
        #expect(!logged.contains("DOE"))
    }

    @Test(
        arguments: [
            (#"{"name":"a","sizes":[1]}"#, "application/json", 201, nil),
            (#"{"name":"a","sizes":[1]}"#, "application/merge-patch+json; charset=utf-8", 201, nil),
            (#"{"name":"a","sizes":[1]}"#, "text/plain", 415, nil), (#"{"name":"a","#, "application/json", 400, nil),
            ("", "application/json", 400, nil), (#"{"sizes":[1]}"#, "application/json", 400, "name"),
            (#"{"name":1,"sizes":[1]}"#, "application/json", 400, "name"),
            (#"{"name":"a","sizes":[1,"x"]}"#, "application/json", 400, "sizes[1]"),
            (#"{"name":null,"sizes":[]}"#, "application/json", 400, "name"), ("[]", "application/json", 400, nil),
            (String(repeating: "[", count: 900), "application/json", 400, nil),
            (#"{"name":"\#(String(repeating: "a", count: 2000))","sizes":[]}"#, "application/json", 413, nil),
        ] as [(String, String, Int, String?)])
    func aDocumentThatDoesNotFitIsRefusedWithItsPlace(json: String, type: String, status: Int, field: String?) throws {
        let request = Request(
            method: .post, path: "/api/things", headers: ["Content-Type": type], body: .bytes(Array(json.utf8)))
        do {
            let body = try request.json(as: ChangeThing.Body.self, limit: 1000)
            #expect(status == 201)
            #expect(body.name == "a")
        } catch let error as HTTPError {
            #expect(error.status.code == status)
            #expect(error.field == field)
        }
    }

    @Test(
        arguments: [
            ("[]", "json.root", "object"), (#"{"name":1,"sizes":[1]}"#, "json.type", "string"),
            (#"{"name":"a","sizes":{}}"#, "json.type", "array"), (#"{"sizes":[1]}"#, "json.missing", nil),
            (#"{"name":"a","sizes":["x"]}"#, "json.type", "integer"), ("{", "json.malformed", nil),
        ] as [(String, String, String?)])
    func whatADocumentShouldHoldIsNamed(json: String, code: String, type: String?) throws {
        let request = Request(
            method: .post, path: "/", headers: ["Content-Type": "application/json"], body: .bytes(Array(json.utf8)))
        let error = #expect(throws: HTTPError.self) { try request.json(as: ChangeThing.Body.self) }
        #expect(error?.code == code)
        #expect(error?.details["type"] == type)
    }

    @Test func aCompressedBodyIsRefused() throws {
        let (response, _) = answer(
            "WhoAmI", Request(method: .post, path: "/", headers: ["Content-Encoding": "gzip"]), try .forTest())
        #expect(response.status == 415)
    }
}

/// Collects log lines.
final class Lines: Sendable {
    private let kept = Mutex("")
    var all: String { kept.withLock { $0 } }
    var handler: any LogHandler { Handler(lines: self) }

    private struct Handler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) {
            lines.kept.withLock { $0 += "\(event.message) \(event.metadata ?? [:])\n" }
        }
    }
}
