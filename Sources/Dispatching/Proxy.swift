import HTTPModel
import NIOCore
import NIOHTTP1

/// What an nginx in front is believed about its clients.
package enum Proxy: String, Sendable {
    /// There is none: such headers are anybody's.
    case none = ""
    /// One on this machine.
    case local = "1"
    /// One on this machine or in a private network that clients cannot enter, as between containers.
    case privateNetwork = "private"

    /// The client's address: the socket's own, or what a believed proxy says in `X-Real-IP`.
    func clientAddress(_ headers: HTTPHeaders, peer: String?) -> String {
        guard believes(peer), let named = headers.first(name: "X-Real-IP"),
            (try? SocketAddress(ipAddress: named, port: 0)) != nil
        else { return peer ?? "unix" }
        return named
    }

    /// The id that a believed proxy gave the request, so that its log and ours speak of the same.
    func requestID(_ name: String?, peer: String?) -> String? {
        guard let name, believes(peer), Self.isRequestID(name.utf8) else { return nil }
        return name
    }

    /// Up to 64 letters, digits and hyphens.
    static func isRequestID(_ text: some Collection<UInt8>) -> Bool {
        (1...64).contains(text.count)
            && text.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x2D }
    }

    /// - Parameter peer: the socket's other address; `nil` for a Unix socket.
    private func believes(_ peer: String?) -> Bool {
        switch self {
        case .none: false
        case .local: Self.isLocal(peer)
        case .privateNetwork: Self.isLocal(peer) || Self.isPrivate(peer ?? "")
        }
    }

    static func isLocal(_ peer: String?) -> Bool { peer == nil || peer == "127.0.0.1" || peer == "::1" }

    /// RFC 1918 and RFC 4193.
    private static func isPrivate(_ peer: String) -> Bool {
        let parts = peer.split(separator: ".").map { Int($0) ?? -1 }
        guard parts.count == 4 else { return peer.hasPrefix("fc") || peer.hasPrefix("fd") }
        switch (parts[0], parts[1]) {
        case (10, _), (192, 168), (172, 16...31): return true
        default: return false
        }
    }
}
