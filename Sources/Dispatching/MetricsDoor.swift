import HTTPModel
import NIOHTTP1

/// Who may read the metrics: a program on this machine that asks the dispatcher itself, not through a proxy, and whoever
/// sends the token. They name no patient and no person.
struct MetricsDoor {
    private static let path = "/api/metrics"
    private static let pathWithQuery = path + "?"

    /// `nil` when no token opens it.
    let token: String?

    static func isAsked(_ head: HTTPRequestHead) -> Bool {
        (head.uri == path || head.uri.hasPrefix(pathWithQuery)) && (head.method == .GET || head.method == .HEAD)
    }

    /// - Parameter peer: the socket's other address.
    /// - Throws: 403 `metrics.refused`.
    func open(_ head: HTTPRequestHead, peer: String?) throws(HTTPError) {
        if let token, let sent = head.headers.first(name: "Authorization"), Self.isEqual(sent, "Bearer \(token)") {
            return
        }
        let isDirect = !["X-Real-IP", "X-Forwarded-For", "Forwarded"].contains { head.headers.contains(name: $0) }
        guard isDirect, Proxy.isLocal(peer) else {
            throw HTTPError(
                403, "metrics.refused",
                "Metrics are given to programs on the dispatcher's machine, and to whoever sends the token of "
                    + "PORTAL_METRICS_TOKEN.")
        }
    }

    /// Looks at every byte, so that the time says nothing about the token but its length.
    private static func isEqual(_ one: String, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count && zip(one.utf8, other.utf8).reduce(UInt8(0)) { $0 | $1.0 ^ $1.1 } == 0
    }
}
