import NIOHTTP1
import Testing

@testable import Dispatching

@Suite struct ProxyTests {
    @Test(
        arguments: [
            (Proxy.none, "127.0.0.1", "192.0.2.7", "127.0.0.1"), (.local, "127.0.0.1", "192.0.2.7", "192.0.2.7"),
            (.local, "::1", "2001:db8::1", "2001:db8::1"), (.local, nil, "192.0.2.7", "192.0.2.7"),
            (.local, "10.1.2.3", "192.0.2.7", "10.1.2.3"), (.privateNetwork, "10.1.2.3", "192.0.2.7", "192.0.2.7"),
            (.privateNetwork, "172.32.0.1", "192.0.2.7", "172.32.0.1"),
            (.privateNetwork, "8.8.8.8", "1.1.1.1", "8.8.8.8"),
            (.privateNetwork, "fd00::1", "192.0.2.7", "192.0.2.7"), (.local, "127.0.0.1", "evil\u{1B}", "127.0.0.1"),
            (.local, nil, "", "unix"),
        ] as [(Proxy, String?, String, String)])
    func onlyABelievedProxyNamesTheClient(proxy: Proxy, peer: String?, named: String, expected: String) {
        #expect(proxy.clientAddress(["X-Real-IP": named], peer: peer) == expected)
    }

    @Test(
        arguments: [
            (Proxy.local, "0f3-A9", "0f3-A9"), (.none, "0f3", nil), (.local, "a b", nil), (.local, "", nil),
            (.local, "a\u{0}", nil), (.local, String(repeating: "a", count: 65), nil),
        ] as [(Proxy, String, String?)])
    func onlyABelievedProxyNamesTheRequest(proxy: Proxy, named: String, expected: String?) {
        #expect(proxy.requestID(named, peer: "127.0.0.1") == expected)
    }
}
