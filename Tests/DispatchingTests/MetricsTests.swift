import HTTPModel
import Testing

@testable import Dispatching

/// What a dispatcher counts, and to whom it tells.
@Suite struct MetricsTests {
    private let offers: [TestPortal.Offer] = [
        .init("GET /ok") { _, _ in Response(headers: ["Server-Timing": "function;dur=1.000"], body: .bytes([1])) },
        .init("GET /bad") { _, _ in Response(status: 422) },
    ]

    private func text(_ client: TestClient) throws -> String {
        let answer = try client.get("/api/metrics")
        #expect(answer.status == 200)
        #expect(answer.field("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        return String(decoding: answer.body, as: UTF8.self)
    }

    @Test func answersAreCountedByFunctionAndStatus() throws {
        try TestPortal.run(offers) { portal in
            let client = try portal.client()
            for path in ["/ok", "/ok", "/bad", "/nothing"] { _ = try client.get(path) }
            let text = try text(client)
            for line in [
                "preview_dicom_answers_total{function=\"GET /ok\",status=\"200\"} 2",
                "preview_dicom_answers_total{function=\"GET /bad\",status=\"422\"} 1",
                "preview_dicom_answers_total{function=\"none\",status=\"404\"} 1",
                "preview_dicom_answer_seconds_bucket{function=\"GET /ok\",le=\"+Inf\"} 2",
                "preview_dicom_answer_seconds_count{function=\"GET /ok\"} 2",
                "preview_dicom_queue_seconds_count{pool=\"read\"} 3",
                "preview_dicom_connections 1",
                "preview_dicom_workers{pool=\"read\",state=\"free\"} 1",
                "preview_dicom_waiting{pool=\"read\"} 0",
            ] {
                #expect(text.split(separator: "\n").contains { $0 == line }, "\(line) in \(text)")
            }
        }
    }

    @Test func aProxysClientsNeedTheToken() throws {
        try TestPortal.run(offers, change: { $0.metricsToken = "secret" }) { portal in
            let client = try portal.client()
            let proxied = "X-Real-IP: 203.0.113.7\r\n"
            for more in ["", "Authorization: Bearer other!\r\n", "Authorization: Bearer secret2\r\n"] {
                let answer = try client.get("/api/metrics", fields: proxied + more)
                #expect(answer.status == 403)
                #expect(String(decoding: answer.body, as: UTF8.self).contains("metrics.refused"))
            }
            let known = try client.get("/api/metrics", fields: proxied + "Authorization: Bearer secret\r\n")
            #expect(known.status == 200)
        }
    }

    @Test func withoutATokenNoneOpensThem() throws {
        try TestPortal.run(offers) { portal in
            let answer = try portal.client().get(
                "/api/metrics", fields: "X-Forwarded-For: 127.0.0.1\r\nAuthorization: Bearer \r\n")
            #expect(answer.status == 403)
        }
    }

    @Test func anAnswerSaysHowLongItWaited() throws {
        try TestPortal.run(offers) { portal in
            let timing = try #require(portal.client().get("/ok").field("Server-Timing"))
            #expect(timing.hasPrefix("function;dur=1.000, queue;dur="))
        }
    }
}
