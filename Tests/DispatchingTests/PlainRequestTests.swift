import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import Dispatching

/// Which bytes are taken for a whole request, and who asks by them.
@Suite struct PlainRequestTests {
    private func request(_ text: String, from peer: String? = nil) -> PlainRequest? {
        PlainRequest(ByteBuffer(string: text), from: peer)
    }

    private func head(_ uri: String, _ fields: [(String, String)]) -> HTTPRequestHead {
        HTTPRequestHead(version: .http1_1, method: .GET, uri: uri, headers: HTTPHeaders(fields))
    }

    @Test func thePathAndTheIDAreNoPartOfWhoAsks() throws {
        let one = try #require(request("GET /a/1 HTTP/1.1\r\nHost: x\r\nX-Request-Id: 1a\r\nA: b\r\n\r\n"))
        let other = try #require(request("GET /a/22 HTTP/1.1\r\nHost: x\r\nX-Request-Id: 2-Z\r\nA: b\r\n\r\n"))
        #expect(one.path == "/a/1" && one.requestID == "1a" && other.path == "/a/22" && other.requestID == "2-Z")
        #expect(one.asker == other.asker && one.asker.hashValue == other.asker.hashValue)
    }

    @Test(arguments: [
        "GET /a HTTP/1.1\r\nHost: x\r\nA: c\r\n\r\n", "GET /a HTTP/1.1\r\nA: b\r\nHost: x\r\n\r\n",
        "GET /a HTTP/1.0\r\nHost: x\r\nA: b\r\n\r\n", "GET /a HTTP/1.1\r\nHost: x\r\n\r\n",
    ])
    func whoSaysSomethingElseIsSomebodyElse(_ text: String) throws {
        let one = try #require(request("GET /a HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\n"))
        #expect(try #require(request(text)).asker != one.asker)
        #expect(
            try #require(request("GET /a HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\n", from: "10.0.0.1")).asker != one.asker)
    }

    @Test(arguments: [
        "", "GET", "GET /a HTTP/1.1\r\nHost: x\r\n", "POST /a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET a HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a\r\n\r\n",
        "GET /a HTTP/1.1\r\nX-Request-Id: a b\r\n\r\n", "GET /a HTTP/1.1\r\nX-Request-Id: \r\n\r\n",
        "GET /a HTTP/1.1\r\nX-Request-Id: a\nB: c\r\n\r\n",
        "GET /\(String(repeating: "a", count: 4096)) HTTP/1.1\r\nHost: x\r\n\r\n",
    ])
    func anythingElseIsNone(_ text: String) { #expect(request(text) == nil) }

    @Test func itIsWhatTheParserFound() throws {
        let plain = try #require(request("GET /a HTTP/1.1\r\nHost: x\r\nX-Request-Id: 7\r\n\r\n"))
        let fields = [("Host", "x"), ("X-Request-Id", "7")]
        #expect(plain.isSame(as: head("/a", fields)))
        #expect(!plain.isSame(as: head("/b", fields)))
        #expect(!plain.isSame(as: head("/a", fields + [("Left", "over")])))
        #expect(!plain.isSame(as: head("/a", [("Host", "x"), ("X-Request-Id", "8")])))
        var other = head("/a", fields)
        other.method = .POST
        #expect(!plain.isSame(as: other))
    }

    @Test(arguments: ["Connection: close", "Upgrade: h2c", "Content-Length: 0", "Expect: 100-continue"])
    func whatMayEndTheConnectionOrHasABodyIsParsedEachTime(_ line: String) throws {
        let plain = try #require(request("GET /a HTTP/1.1\r\nHost: x\r\n\(line)\r\n\r\n"))
        let parts = line.components(separatedBy: ": ")
        #expect(!plain.isSame(as: head("/a", [("Host", "x"), (parts[0], parts[1])])))
    }

    @Test(arguments: [
        "GET /a HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", "GET /a HTTP/1.1\r\nHost: x\rA: b\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\n\r\nA: b\r\n\r\n",
    ])
    func linesThatEndOtherwiseAreNotWhatAParserFinds(_ text: String) throws {
        let plain = try #require(request(text))
        for count in 0...5 {
            let fields = [("Host", "x"), ("A", "b"), ("C", "d"), ("E", "f"), ("G", "h")].prefix(count)
            #expect(!plain.isSame(as: head("/a", Array(fields))))
        }
    }
}
