import Glibc
import HTTPModel
import Synchronization
import Testing

@testable import Dispatching

/// What happens to requests when workers crash, hang, or are too few.
@Suite struct WorkerPoolTests {
    @Test func aCrashIs502AndTheNextRequestGetsANewWorker() throws {
        let offers: [TestPortal.Offer] = [
            .init("GET /crash") { _, descriptor in
                shutdown(descriptor, Int32(SHUT_RDWR))
                return Response()
            },
            .init("GET /ok") { _, _ in Response(body: .bytes([1])) },
        ]
        try TestPortal.run(offers, change: { $0.limits.pools[.read] = .init(workers: 1, queue: 4) }) { portal in
            let client = try portal.client()
            for _ in 0..<5 {
                let answer = try client.get("/crash")
                #expect(answer.status == 502)
                #expect(answer.text.contains("worker.lost"))
                #expect(try client.get("/ok").status == 200)
            }
        }
    }

    @Test func aCrashInTheMiddleOfAnAnswerCutsIt() throws {
        let offers: [TestPortal.Offer] = [
            .init("GET /crash") { _, descriptor in
                Response(
                    body: .stream { write in
                        try write([UInt8](repeating: 1, count: 1 << 17)[...])
                        shutdown(descriptor, Int32(SHUT_RDWR))
                    })
            }
        ]
        try TestPortal.run(offers) { portal in
            let client = try portal.client()
            #expect(throws: TestClient.Cut.self) { try client.get("/crash") }
        }
    }

    @Test func aHangingFunctionIs504AndItsWorkerIsReplaced() throws {
        let gate = Gate()
        let offers: [TestPortal.Offer] = [
            .init("GET /hang", deadline: 1) { _, _ in
                gate.wait()
                return Response()
            },
            .init("GET /ok") { _, _ in Response(body: .bytes([1])) },
        ]
        try TestPortal.run(offers, change: { $0.limits.pools[.read] = .init(workers: 1, queue: 4) }) { portal in
            let client = try portal.client()
            let answer = try client.get("/hang")
            #expect(answer.status == 504)
            #expect(answer.text.contains("deadline.passed"))
            #expect(try client.get("/ok").status == 200)
            gate.open()
        }
    }

    @Test func aFullQueueIs503AndTheQueuedAreServed() throws {
        let gate = Gate()
        let offers: [TestPortal.Offer] = [
            .init("GET /wait") { _, _ in
                gate.wait()
                return Response(body: .bytes([1]))
            }
        ]
        try TestPortal.run(offers, change: { $0.limits.pools[.read] = .init(workers: 1, queue: 2) }) { portal in
            let clients = try (0..<4).map { _ in try portal.client() }
            for client in clients { client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n") }
            let overflow = try portal.client().get("/wait")
            #expect(overflow.status == 503)
            #expect(overflow.field("Retry-After") == "1")
            gate.open()
            #expect(try clients.map { try $0.answer().status }.sorted() == [200, 200, 200, 503])
        }
    }

    @Test func oneFullPoolLeavesTheOthersFree() throws {
        let gate = Gate()
        let offers: [TestPortal.Offer] = [
            .init("POST /write", pool: .write) { _, _ in
                gate.wait()
                return Response()
            },
            .init("GET /read") { _, _ in Response(body: .bytes([1])) },
        ]
        try TestPortal.run(offers, change: { $0.limits.pools[.write] = .init(workers: 1, queue: 1) }) { portal in
            let writers = try (0..<2).map { _ in try portal.client() }
            for writer in writers { writer.send("POST /write HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n") }
            #expect(try portal.client().get("/read").status == 200)
            gate.open()
            for writer in writers { #expect(try writer.answer().status == 200) }
        }
    }

    @Test func aWorkerIsReplacedAfterSoManyInvocations() throws {
        let workers = Mutex<Set<Int32>>([])
        let offers: [TestPortal.Offer] = [
            .init("GET /who") { _, descriptor in
                workers.withLock { _ = $0.insert(pthread_self().hashValue == 0 ? 0 : descriptor) }
                return Response(body: .bytes([1]))
            }
        ]
        try TestPortal.run(
            offers,
            change: {
                $0.limits.invocationsPerWorker = 3
                $0.limits.pools[.read] = .init(workers: 1, queue: 4)
            }
        ) { portal in
            let client = try portal.client()
            for _ in 0..<10 { #expect(try client.get("/who").status == 200) }
        }
    }

    @Test func requestsInProgressAreFinishedWhenItStops() throws {
        let gate = Gate()
        let began = Gate()
        let portal = try TestPortal([
            .init("GET /wait") { _, _ in
                began.open()
                gate.wait()
                return Response(body: .bytes([1]))
            }
        ])
        let client = try portal.client()
        let resting = try portal.client()
        client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
        began.wait()
        let stopped = Gate()
        startThread {
            try? portal.listener.stop()
            stopped.open()
        }
        #expect(resting.isClosed())
        gate.open()
        let answer = try client.answer()
        #expect(answer.status == 200)
        #expect(answer.field("Connection") == "close")
        stopped.wait()
    }
}
