import Glibc
import Logging
import Testing

@testable import DICOMNetwork
@testable import Receiving

/// TLS around associations: what hostile peers say, and whom certificates name.
@Suite struct TLSTests {
    private static let alert: UInt8 = 0x15  // RFC 8446 §5.1

    @Test(arguments: [[], [0x16], [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3]] as [[UInt8]])
    func aHandshakeThatDoesNotEndIsGivenUp(begun: [UInt8]) throws {
        var ends: [Int32] = [-1, -1]
        socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
        let peer = AssociationSocket(descriptor: ends[1])
        try peer.write(begun)
        let session = try TLSSession(try ScratchCertificate().context())
        Association(
            socket: AssociationSocket(descriptor: ends[0], tls: session), peerAddress: "127.0.0.1",
            admission: Saturated(), log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), artim: 50,
            isStopping: { false }
        ).run()
        #expect(throws: AssociationSocket.Failure.closed) { try peer.read(until: monotonicMilliseconds() + 5000) }
    }

    @Test func aStopDoesNotWaitForHandshakes() throws {
        let listener = try TestListener(tls: try ScratchCertificate().context())
        let client = try TestClient(port: listener.tlsPort)
        listener.stop()
        #expect(try client.everything().isEmpty)
    }

    @Test func plainDICOMOnTheTLSPortIsNotAnswered() throws {
        let listener = try TestListener(tls: try ScratchCertificate().context())
        defer { listener.stop() }
        let client = try TestClient(port: listener.tlsPort)
        #expect(throws: (any Error).self) { try client.associate(Negotiation.verification) }
    }

    @Test(arguments: [
        Array("GET / HTTP/1.1\r\n\r\n".utf8), [UInt8](repeating: 0, count: 300), PDU.releaseRequest.encoded(),
        [0x16, 3, 1, 0xFF, 0xFF], [0x16, 3, 1, 0, 4, 1, 0xFF, 0xFF, 0xFF], [0x15, 3, 3, 0, 2, 2, 40],
        [0x17, 3, 3, 0, 1, 0], [0x80, 0x2E, 1, 3, 1],
    ])
    func garbageOnTheTLSPortEndsThatConnectionAlone(garbage: [UInt8]) throws {
        let listener = try TestListener(tls: try ScratchCertificate().context())
        defer { listener.stop() }
        let hostile = try TestClient(port: listener.tlsPort)
        try hostile.send(bytes: garbage)
        hostile.finishSending()
        let answer = try hostile.everything()
        #expect(answer.isEmpty || answer[0] == Self.alert)
        let client = try TestClient(port: listener.port)
        try client.associate(Negotiation.verification)
        try client.send(command: .echo(messageID: 1))
        #expect(try client.command()[.status] == 0)
    }

    @Test(arguments: [
        ("/CN=CT 1", "email:a@example.org", "CT 1"), ("/CN=Échographe", "DNS:us.example", "Échographe"),
        ("/O=Clinic", "DNS:ct.example,DNS:second.example", "ct.example"), ("/CN=*", "DNS:us.example", "us.example"),
        ("/O=Clinic", "email:a@example.org", nil), ("/CN=*", "email:a@example.org", nil),
        ("/CN=a\u{7}b", "email:a@example.org", nil), ("/O=Clinic", "DNS:*", nil),
    ])
    func aPeerIsNamedByItsCertificate(subject: String, alternative: String, name: String?) throws {
        let certificate = try ScratchCertificate(subject: subject, alternative: alternative)
        let session = try TLSSession(try certificate.context(clientCA: certificate))
        let client = TLSClient(certificate: certificate)
        if let name {
            try client.shakeHands(with: session)
            #expect(session.peerName == name)
        } else {
            #expect(throws: AssociationSocket.Failure.self) { try client.shakeHands(with: session) }
        }
    }

    @Test func aPeerWithoutCertificateIsRefusedWhereOneIsAskedFor() throws {
        let certificate = try ScratchCertificate()
        #expect(throws: AssociationSocket.Failure.insecure("peer did not return a certificate")) {
            try TLSClient().shakeHands(with: try TLSSession(try certificate.context(clientCA: certificate)))
        }
        let stranger = TLSClient(certificate: try ScratchCertificate())
        #expect(throws: AssociationSocket.Failure.insecure("certificate verify failed")) {
            try stranger.shakeHands(with: try TLSSession(try certificate.context(clientCA: certificate)))
        }
        let open = try TLSSession(try certificate.context())
        try TLSClient().shakeHands(with: open)
        #expect(open.peerName == TLSSession.anonymous)
    }

    @Test func aGreetingThatIsCutShortIsWaitedForAndAChangedOneTrapsNothing() throws {
        let context = try ScratchCertificate().context()
        let greeting = TLSClient().step(with: [])
        for length in greeting.indices {
            let session = try TLSSession(context)
            try session.feed(greeting[..<length])
            #expect(try session.handshake() == false)
        }
        for place in greeting.indices {
            var changed = greeting
            changed[place] ^= 0xFF
            let session = try TLSSession(context)
            try session.feed(changed[...])
            _ = try? session.handshake()
            _ = session.output()
        }
    }

    @Test func whatCannotBeUsedIsNamed() throws {
        let certificate = try ScratchCertificate(), other = try ScratchCertificate()
        let refused = [
            (certificate.file + ".none", certificate.key, "none cannot be used for TLS: No such file or directory"),
            (certificate.key, certificate.key, "key cannot be used for TLS: no start line"),
            (certificate.file, other.key, "key cannot be used for TLS: key values mismatch"),
        ]
        for (file, key, reason) in refused {
            let error = #expect(throws: ListenerError.self) {
                try TLSContext(certificate: file, key: key, clientCA: nil)
            }
            #expect(error?.description.hasSuffix(reason) == true, "\(error?.description ?? "")")
        }
    }
}
