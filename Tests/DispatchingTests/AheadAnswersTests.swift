import Foundation
import HTTPModel
import Invocation
import NIOCore
import ObjectStore
import Synchronization
import Testing
import WriteCounting

@testable import Dispatching

/// What workers answer before it is asked for: who is given it, and how long.
@Suite struct AheadAnswersTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ahead-\(UUID())")
    private let writes: WriteCounter
    private let key: ObjectKey

    init() throws {
        key = try #require(ObjectKey("originals/20261123/20/a.dcm"))
        let file = folder.appendingPathComponent("store/\(key.text)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("0123456789".utf8).write(to: file)
        let counter = folder.appendingPathComponent("writes")
        try Data(count: 8).write(to: counter)
        writes = try #require(WriteCounter(path: counter.path))
    }

    /// A dispatcher whose function answers "asked" to `/a/1`, and gives the file's first bytes ahead for `/a/2`.
    private func run(
        for nanoseconds: UInt64 = 60_000_000_000, counting: Bool = true, length: Int = 4, unreadAnswer: Int = 60,
        _ body: (TestPortal, Asked) throws -> Void
    ) throws {
        let asked = Asked()
        let (key, writes) = (key, writes)
        let offer = TestPortal.Offer(
            "GET /a/{number}",
            ahead: { _ in
                let standing = AheadAnswer.Standing(
                    writes: writes.value, end: NIODeadline.now().uptimeNanoseconds + nanoseconds)
                let response = Response(
                    headers: ["ETag": "\"2\""], body: .segments([.object(key, offset: 2, length: length)]))
                asked.given.withLock { $0 += 1 }
                return [AheadAnswer(path: "/a/2", standing: standing, response: response)].compactMap(\.self)
            },
            { request, _ in
                asked.paths.withLock { $0.append(request.path) }
                return Response(body: .bytes(Array("asked".utf8)))
            })
        let change: (inout Configuration) -> Void = { configuration in
            configuration.storeRoot = folder.path + "/store"
            configuration.writes = counting ? writes : nil
            configuration.limits.unreadAnswer = unreadAnswer
            configuration.limits.pools[.read] = Limits.PoolLimits(workers: 1, queue: 8)
        }
        try TestPortal.run([offer], change: change) { try body($0, asked) }
        try FileManager.default.removeItem(at: folder)
    }

    private final class Asked: Sendable {
        let paths = Mutex<[String]>([])
        let given = Mutex(0)
    }

    private func get(_ portal: TestPortal, _ path: String, _ fields: String = "") throws -> TestClient.Answer {
        try portal.client().get(path, fields: fields)
    }

    /// Asks for `/a/1`, and waits until what comes ahead is there: the only worker answers the next request behind it.
    private func ask(_ portal: TestPortal, _ headers: String = "") throws {
        _ = try get(portal, "/a/1", headers)
        _ = try get(portal, "/a/3", "X-Other: 1\r\n")
    }

    @Test func isGivenToTheSameAskerWithoutAWorker() throws {
        try run { portal, asked in
            try ask(portal, "Authorization: Bearer a\r\nX-Request-Id: one\r\n")
            for _ in 0..<2 {
                let answer = try get(portal, "/a/2", "Authorization: Bearer a\r\nX-Request-Id: two\r\n")
                #expect(answer.status == 200 && answer.text == "2345")
                #expect(answer.field("ETag") == "\"2\"" && answer.field("Content-Length") == "4")
                #expect(answer.field("X-Request-Id")?.isEmpty == false)
            }
            #expect(asked.paths.withLock { $0 } == ["/a/1", "/a/3"])
            let metrics = try get(portal, "/api/metrics").text
            #expect(metrics.contains("answers_total{function=\"GET /a/{number}\",status=\"200\"} 4"))
        }
    }

    @Test(arguments: ["", "Authorization: Bearer b\r\n", "Authorization: Bearer a\r\nRange: bytes=0-1\r\n"])
    func isNotGivenToAnotherAsker(_ headers: String) throws {
        try run { portal, asked in
            try ask(portal, "Authorization: Bearer a\r\n")
            #expect(try get(portal, "/a/2", headers).text == "asked")
        }
    }

    @Test(arguments: ["HEAD /a/2", "GET /a/2?b=1", "POST /a/2"])
    func isNotGivenToAnotherKindOfRequest(_ line: String) throws {
        try run { portal, asked in
            try ask(portal)
            let parts = line.split(separator: " ").map(String.init)
            _ = try portal.client().get(parts[1], method: parts[0])
            #expect(try get(portal, "/a/2").text == "2345")
            #expect(asked.paths.withLock { $0 }.filter { $0 == "/a/2" }.count == (parts[0] == "POST" ? 0 : 1))
        }
    }

    @Test func whoEndsTheConnectionIsAnsweredByAWorker() throws {
        try run { portal, asked in
            try ask(portal, "Connection: close\r\n")
            let client = try portal.client()
            let answer = try client.get("/a/2", fields: "Connection: close\r\n")
            #expect(answer.text == "asked" && client.isClosed())
        }
    }

    @Test func aConnectionServesBothKindsInTurn() throws {
        try run { portal, asked in
            try ask(portal)
            let client = try portal.client()
            for _ in 0..<3 {
                #expect(try client.get("/a/2").text == "2345")
                #expect(try client.get("/a/4", fields: "X-Other: 2\r\n").text == "asked")
            }
            client.send("GET /a/2 HTTP/1.1\r\nHost: x\r\n\r\nGET /a/5 HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try [client.answer().text, client.answer().text] == ["asked", "asked"])
            #expect(asked.paths.withLock { $0.suffix(2) } == ["/a/2", "/a/5"])
            // After two at once the parser has to say first that nothing is left over.
            #expect(try client.get("/a/2").text == "asked")
            #expect(try client.get("/a/2").text == "2345")
        }
    }

    @Test(arguments: ["GET /a/9 HTTP/1.1\r\nHost: x\r\nX-Note: ", "GET /a/9 HTTP/1.1\r\nHost: x\r\nX-Note: a\r\nX-"])
    func theEndOfARequestIsNotTakenForOne(_ begin: String) throws {
        try run { portal, asked in
            try ask(portal)
            let client = try portal.client()
            client.send(begin)
            Thread.sleep(forTimeInterval: 0.1)
            client.send("GET /a/2 HTTP/1.1\r\nHost: x\r\n\r\n")
            // A host twice is refused; what matters is that it is one request.
            let answer = try client.answer()
            #expect(answer.text != "2345" && asked.paths.withLock { !$0.contains("/a/2") })
            if answer.status == 200 { #expect(try client.get("/a/8").text == "asked") }
        }
    }

    @Test func aBodyThatLooksLikeARequestIsNone() throws {
        try run { portal, asked in
            try ask(portal)
            let client = try portal.client()
            let body = "GET /a/2 HTTP/1.1\r\nHost: x\r\n\r\n"
            client.send("POST /a/9 HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n")
            #expect(try client.answer().status == 405)
            client.send(body)
            #expect(try client.get("/a/7").text == "asked")
            #expect(asked.paths.withLock { $0.last } == "/a/7")
        }
    }

    @Test func whoDoesNotTakeAnAnswerIsLeft() throws {
        let long = Data(repeating: 0x61, count: 1 << 20)
        try long.write(to: folder.appendingPathComponent("store/\(key.text)"))
        try run(length: long.count - 2, unreadAnswer: 1) { portal, asked in
            try ask(portal)
            let client = try TestClient(port: portal.listener.port, window: 4096)
            for _ in 0..<9 {
                client.send("GET /a/2 HTTP/1.1\r\nHost: x\r\n\r\n")
                Thread.sleep(forTimeInterval: 0.02)
            }
            Thread.sleep(forTimeInterval: 1.5)
            #expect(try get(portal, "/a/5").text == "asked")
            #expect(throws: TestClient.Cut.self) { for _ in 0..<9 { _ = try client.answer() } }
        }
    }

    @Test func nothingIsMadeForWhoSaysTooMuch() throws {
        try run { portal, asked in
            let much = "X-Note: \(String(repeating: "a", count: 5000))\r\n"
            for number in 1...3 { _ = try get(portal, "/a/\(number)", much) }
            #expect(try get(portal, "/a/2", much).text == "asked")
            #expect(asked.given.withLock { $0 } == 0)
        }
    }

    @Test func aLongHeadIsReadAtOnce() throws {
        try run { portal, asked in
            let much = "X-Note: \(String(repeating: "a", count: 3900))\r\n"
            try ask(portal, much)
            let client = try portal.client()
            for _ in 0..<3 { #expect(try client.get("/a/2", fields: much).text == "2345") }
        }
    }

    @Test func anEmptyAnswerIsWholeToo() throws {
        try run(length: 0, unreadAnswer: 1) { portal, asked in
            try ask(portal)
            let client = try portal.client()
            #expect(try client.get("/a/2").text == "")
            #expect(try client.get("/a/2").field("Content-Length") == "0")
            Thread.sleep(forTimeInterval: 1.3)
            #expect(try client.get("/a/3").text == "asked")
            #expect(asked.paths.withLock { $0 } == ["/a/1", "/a/3", "/a/3"])
        }
    }

    @Test func isNotGivenOnceSomethingWasWritten() throws {
        try run { portal, asked in
            try ask(portal)
            #expect(try get(portal, "/a/2").text == "2345")
            writes.count()
            #expect(try get(portal, "/a/2").text == "asked")
        }
    }

    @Test func isNotGivenAfterASecondWhateverAWorkerSays() throws {
        try run { portal, asked in
            try ask(portal)
            #expect(try get(portal, "/a/2").text == "2345")
            Thread.sleep(forTimeInterval: 1.1)
            #expect(try get(portal, "/a/2").text == "asked")
        }
    }

    @Test func isNotGivenAfterItsEnd() throws {
        try run(for: 0) { portal, asked in
            try ask(portal)
            #expect(try get(portal, "/a/2").text == "asked")
        }
    }

    @Test func nothingIsMadeWhereNobodyCounts() throws {
        try run(counting: false) { portal, asked in
            try ask(portal)
            #expect(try get(portal, "/a/2").text == "asked")
            #expect(asked.given.withLock { $0 } == 0)
        }
    }

    @Test func aMissingFileIsAskedForAsUsual() throws {
        try run { portal, asked in
            try ask(portal)
            try FileManager.default.removeItem(at: folder.appendingPathComponent("store"))
            #expect(try get(portal, "/a/2").text == "asked")
        }
    }

    @Test func aRequestThatBreaksTheRulesIsRefused() throws {
        try run { portal, asked in
            try ask(portal)
            #expect(try get(portal, "/a/2", "Host: x\r\n").status == 400)
        }
    }
}
