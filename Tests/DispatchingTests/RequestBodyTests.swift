import Glibc
import HTTPModel
import Synchronization
import Testing

@testable import Dispatching

/// How bodies travel, both ways, without piling up.
@Suite(.serialized) struct RequestBodyTests {
    /// Answers with the number of bytes and the last one.
    private static let count = TestPortal.Offer("POST /count", pool: .write) { request, _ in
        var count = 0
        var last: UInt8 = 0
        while let chunk = try request.body.chunk() {
            count += chunk.count
            last = chunk.last ?? last
        }
        return Response(body: .bytes(Array("\(count) \(last)".utf8)))
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 300_000, 5_000_000]) func aBodyOfAnyLengthArrives(length: Int) throws {
        try TestPortal.run([Self.count]) { portal in
            let client = try portal.client()
            let body = [UInt8](repeating: 3, count: length)
            for _ in 0..<2 {
                client.send("POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n\r\n")
                client.send(body)
                #expect(try client.answer().text == "\(length) \(length == 0 ? 0 : 3)")
                client.send("POST /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                if length > 0 {
                    client.send("\(String(length, radix: 16))\r\n")
                    client.send(body + [13, 10])
                }
                client.send("0\r\n\r\n")
                #expect(try client.answer().text == "\(length) \(length == 0 ? 0 : 3)")
            }
        }
    }

    @Test func aBodyTravelsBothWaysAtOnce() throws {
        let mirror = TestPortal.Offer("POST /mirror", pool: .write) { request, _ in
            Response(body: .stream { write in while let chunk = try request.body.chunk() { try write(chunk[...]) } })
        }
        try TestPortal.run([mirror]) { portal in
            let client = try portal.client()
            let piece = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
            client.send("POST /mirror HTTP/1.1\r\nHost: x\r\nContent-Length: \(piece.count * 50)\r\n\r\n")
            let sender = UncheckedClient(client)
            startThread { for _ in 0..<50 { sender.client.send(piece) } }
            let answer = try client.answer()
            #expect(answer.body.count == piece.count * 50)
            #expect(answer.body.suffix(piece.count) == piece[...])
        }
    }

    @Test func aWorkerThatDoesNotReadHoldsTheSenderBack() throws {
        let gate = Gate()
        let slow = TestPortal.Offer("POST /slow", pool: .write) { request, _ in
            gate.wait()
            var count = 0
            while let chunk = try request.body.chunk() { count += chunk.count }
            return Response(body: .bytes(Array("\(count)".utf8)))
        }
        try TestPortal.run([slow]) { portal in
            let client = try portal.client()
            let total = 256 << 20
            client.send("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: \(total)\r\n\r\n")
            client.setTimeout(SO_SNDTIMEO, milliseconds: 500)
            let piece = [UInt8](repeating: 1, count: 1 << 20)
            var sent = 0
            while sent < total {
                let taken = client.send(piece)
                sent += taken
                if taken < piece.count { break }
            }
            // Two sockets' buffers and our own marks; the kernel may let a loopback socket grow to some megabytes.
            #expect(sent < 24 << 20)
            gate.open()
            client.setTimeout(SO_SNDTIMEO, milliseconds: 30_000)
            while sent < total { sent += client.send(Array(piece.prefix(total - sent))) }
            #expect(try client.answer().text == "\(total)")
        }
    }

    @Test func memoryDoesNotGrowWithAnUpload() throws {
        try TestPortal.run([Self.count]) { portal in
            let client = try portal.client()
            let piece = [UInt8](repeating: 1, count: 1 << 20)
            let before = residentBytes()
            client.send("POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: \(512 << 20)\r\n\r\n")
            for _ in 0..<512 { #expect(client.send(piece) == piece.count) }
            #expect(try client.answer().text == "\(512 << 20) 1")
            #expect(residentBytes() - before < 64 << 20)
        }
    }

    @Test func aClientThatDoesNotReadHoldsTheWorkerBack() throws {
        let written = Mutex(0)
        let blocked = Gate()
        let stream = TestPortal.Offer("GET /stream", pool: .export) { _, _ in
            Response(
                body: .stream { write in
                    for index in 0..<4096 {
                        try write([UInt8](repeating: 1, count: 1 << 16)[...])
                        written.withLock { $0 = index + 1 }
                        if index == 8 { blocked.open() }
                    }
                })
        }
        try TestPortal.run([stream]) { portal in
            let client = try portal.client()
            client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
            blocked.wait()
            var last = -1
            var now = written.withLock { $0 }
            while now != last {
                poll(nil, 0, 300)
                last = now
                now = written.withLock { $0 }
            }
            #expect(now < 400)
            #expect(try client.answer().body.count == 256 << 20)
        }
    }

    @Test(arguments: [100_000, 5_000_000]) func theRestOfABodyIsReadAwayAfterAnEarlyAnswer(length: Int) throws {
        let early = TestPortal.Offer("POST /early", pool: .write) { request, _ in
            _ = try request.body.chunk()
            return Response(status: 409, body: .bytes([1]))
        }
        try TestPortal.run([early, Self.count]) { portal in
            let client = try portal.client()
            for _ in 0..<3 {
                client.send("POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n\r\n")
                client.send([UInt8](repeating: 1, count: length))
                #expect(try client.answer().status == 409)
                client.send("POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
                #expect(try client.answer().text == "3 99")
            }
        }
    }

    @Test func aClientThatLeavesCancelsItsInvocation() throws {
        let noticed = Gate()
        let began = Gate()
        let offers: [TestPortal.Offer] = [
            .init("POST /wait", pool: .write) { request, _ in
                began.open()
                do { while try request.body.chunk() != nil {} } catch { noticed.open() }
                return Response()
            },
            .init("GET /endless", pool: .write) { _, _ in
                Response(
                    body: .stream { write in
                        do { while true { try write([UInt8](repeating: 1, count: 1 << 16)[...]) } } catch {
                            noticed.open()
                        }
                    })
            },
            Self.count,
        ]
        try TestPortal.run(offers, change: { $0.limits.pools[.write] = .init(workers: 1, queue: 1) }) { portal in
            do {
                let client = try portal.client()
                client.send("POST /wait HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n")
                client.send([UInt8](repeating: 1, count: 100_000))
                began.wait()
            }
            #expect(noticed.wait())
            do {
                let client = try portal.client()
                client.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try client.take(1000)
            }
            let client = try portal.client()
            client.send("POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
            #expect(try client.answer().text == "3 99")
        }
    }
}

/// Lets one thread send while another reads.
struct UncheckedClient: @unchecked Sendable {
    let client: TestClient
    init(_ client: TestClient) { self.client = client }
}

/// The process's resident memory.
func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 200)
    fgets(&line, Int32(line.count), file)
    let numbers = String(decoding: line.map(UInt8.init(bitPattern:)), as: UTF8.self).split(separator: " ")
    return (Int(numbers[1]) ?? 0) * 4096
}
