import Glibc
import HTTPModel
import Testing

@testable import Dispatching

/// Requests that are wrong, too large or too slow.
@Suite struct HostileRequestTests {
    private static let offers: [TestPortal.Offer] = [
        .init("GET /ok") { _, _ in Response(body: .bytes(Array("ok".utf8))) },
        .init("POST /small", pool: .write, bodyLimit: 1000) { request, _ in
            Response(body: .bytes(Array("\(try request.body.collected(limit: 1000).count)".utf8)))
        },
        .init("PUT /ok") { _, _ in Response() },
    ]

    private func run(_ change: (inout Configuration) -> Void = { _ in }, _ body: (TestPortal) throws -> Void) throws {
        try TestPortal.run(Self.offers, change: change, body)
    }

    @Test func anUnknownPathIs404AndAnotherMethod405() throws {
        try run { portal in
            let client = try portal.client()
            let missing = try client.get("/nowhere", fields: "Accept-Language: fr\r\n")
            #expect(missing.status == 404)
            #expect(missing.text.contains("\"code\":\"notFound\""))
            #expect(missing.text.contains("adresse"))
            for method in ["DELETE", "OPTIONS", "TRACE", "BREW"] {
                let answer = try portal.client().get("/ok", method: method)
                // llhttp knows its methods; a word that is none is not HTTP.
                if answer.status != 400 {
                    #expect(answer.status == 405)
                    #expect(answer.field("Allow") == "GET, HEAD, PUT")
                }
            }
            #expect(try client.get("/ok").text == "ok")
        }
    }

    @Test(
        arguments: [
            (
                "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                [400]
            ),
            ("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde", [400]),
            ("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", [400]),
            ("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nabcde", [400]),
            ("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", [400]),
            ("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", [400, 501]),
            ("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", [400, 501]),
            ("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", [400]),
            ("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", [400]),
            ("GET /ok HTTP/1.1\r\n\r\n", [400]), ("GET /ok HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", [400]),
            ("GET http://x/ok HTTP/1.1\r\nHost: x\r\n\r\n", [400]),
            ("GET /ok HTTP/2.0\r\nHost: x\r\n\r\n", [400, 505]),
            ("GET /a\u{0}b HTTP/1.1\r\nHost: x\r\n\r\n", [400]), ("\u{16}\u{3}\u{1}garbage\r\n\r\n", [400]),
            ("GET /ok HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 65_536))\r\n\r\n", [431]),
            (
                "GET /ok HTTP/1.1\r\nHost: x\r\n\(String(repeating: "X: \(String(repeating: "a", count: 999))\r\n", count: 50))\r\n",
                [431]
            ),
            ("GET /ok HTTP/1.1\r\nHost: x\r\n\(String(repeating: "X: a\r\n", count: 500))\r\n", [431]),
            ("GET /ok?\(String(repeating: "a", count: 1 << 20)) HTTP/1.1\r\nHost: x\r\n\r\n", [414, 431]),
            ("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000000\r\n\r\n", [413]),
        ] as [(String, [Int])])
    func aMalformedOrOversizedRequestIsRefusedAndClosed(request: String, statuses: [Int]) throws {
        try run { portal in
            let client = try portal.client()
            client.send(request)
            let answer = try client.answer()
            #expect(statuses.contains(answer.status))
            #expect(answer.text.hasPrefix("{\"error\":"))
            #expect(answer.field("Connection") == "close")
            #expect(client.isClosed())
            #expect(try portal.client().get("/ok").status == 200)
        }
    }

    @Test func aBodyThatGrowsOverTheLimitIs413() throws {
        try run { portal in
            let client = try portal.client()
            client.send("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<30 { client.send("64\r\n\(String(repeating: "a", count: 100))\r\n") }
            let answer = try client.answer()
            #expect(answer.status == 413)
            #expect(answer.text.contains("\"limit\":\"1000\""))
        }
    }

    @Test func aBodyThatStandsStillIsRefused() throws {
        try run({ $0.limits.stalled = 1 }) { portal in
            let client = try portal.client()
            client.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nabc")
            #expect(try client.answer().status == 408)
            #expect(client.isClosed())
        }
    }

    @Test func aConnectionThatSaysNothingOrHalfAHeaderIsClosed() throws {
        try run({ $0.limits.stalled = 1 }) { portal in
            let half = try portal.client()
            half.send("GET /ok HTT")
            #expect(half.isClosed())
            #expect(try portal.client().isClosed())
        }
    }

    @Test func pipelinedRequestsAreAnsweredInTheirOrder() throws {
        try run { portal in
            let client = try portal.client()
            let one = "GET /ok HTTP/1.1\r\nHost: x\r\n\r\n"
            let two = "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
            client.send(String(repeating: one + two + "GET /no HTTP/1.1\r\nHost: x\r\n\r\n", count: 30))
            for _ in 0..<30 {
                #expect(try client.answer().text == "ok")
                #expect(try client.answer().text == "3")
                #expect(try client.answer().status == 404)
            }
        }
    }

    @Test func aSenderThatAsksFirstIsToldToGoOn() throws {
        try run { portal in
            let client = try portal.client()
            client.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            #expect(try client.answer().status == 100)
            client.send("abc")
            #expect(try client.answer().text == "3")
            client.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\nExpect: 100-continue\r\n\r\n")
            #expect(try client.answer().status == 413)
        }
    }

    @Test func theAddressOfAProxyIsBelievedOnlyWhenToldTo() throws {
        let offers = [
            TestPortal.Offer("GET /who") { request, _ in Response(body: .bytes(Array(request.remoteAddress.utf8))) }
        ]
        for (trusts, sent, expected) in [
            (true, "192.0.2.7", "192.0.2.7"), (false, "192.0.2.7", "127.0.0.1"), (true, "evil", "127.0.0.1"),
        ] {
            try TestPortal.run(offers, change: { $0.proxy = trusts ? .local : .none }) { portal in
                let answer = try portal.client().get("/who", fields: "X-Real-IP: \(sent)\r\n")
                #expect(answer.text == expected)
            }
        }
    }
}
