import COpenSSL

/// TLS on one connection, without the connection: what came from the network goes in, what has to be sent comes out.
///
/// A class because it owns an OpenSSL object; it lives on one thread.
final class TLSSession {
    /// The name of a peer that was not asked for a certificate; no certificate may say it.
    static let anonymous = "*"
    /// Bytes of UTF-8: the longest name in the DNS (RFC 1035 §2.3.4).
    private static let longestName = 255

    /// Whom the peer's certificate names, once the handshake is done.
    private(set) var peerName = anonymous
    private let context: TLSContext
    private let ssl: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    private var isBroken = false

    init(_ context: TLSContext) throws {
        guard let ssl = SSL_new(context.pointer), let incoming = BIO_new(BIO_s_mem()),
            let outgoing = BIO_new(BIO_s_mem())
        else { throw AssociationSocket.Failure.insecure("no memory") }
        SSL_set_bio(ssl, incoming, outgoing)  // frees them with the session
        SSL_set_accept_state(ssl)
        self.context = context
        self.ssl = ssl
        self.incoming = incoming
        self.outgoing = outgoing
    }

    deinit { SSL_free(ssl) }

    /// Takes what came from the network.
    func feed(_ bytes: ArraySlice<UInt8>) throws {
        let count = bytes.withUnsafeBytes { BIO_write(incoming, $0.baseAddress, Int32($0.count)) }
        guard count == bytes.count else { throw AssociationSocket.Failure.insecure("no memory") }
    }

    /// Takes away what has to be sent, which may be nothing.
    func output() -> [UInt8] {
        let length = BIO_ctrl_pending(outgoing)
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            count = length == 0 ? 0 : max(0, Int(BIO_read(outgoing, buffer.baseAddress, Int32(length))))
        }
    }

    /// Goes on with the handshake.
    ///
    /// - Returns: whether it is done; else the peer has to say more.
    /// - Throws: `insecure` when the peer does not speak TLS, or not ours, or shows no good certificate.
    func handshake() throws -> Bool {
        ERR_clear_error()
        guard try progress(SSL_do_handshake(ssl)) != nil else { return false }
        guard context.asksForCertificate else { return true }
        guard let name = certificateName() else {
            throw AssociationSocket.Failure.insecure("the certificate has no name that can be used")
        }
        peerName = name
        return true
    }

    /// Puts the next bytes of the conversation into `buffer`.
    ///
    /// - Returns: how many; `nil` when the peer has to say more.
    /// - Throws: `closed` when the peer ended the conversation; `insecure` when it was tampered with.
    func decrypt(into buffer: inout [UInt8]) throws -> Int? {
        ERR_clear_error()
        return try progress(SSL_read(ssl, &buffer, Int32(buffer.count)))
    }

    /// Takes a piece of the conversation; `output()` then has it encrypted.
    func encrypt(_ bytes: [UInt8]) throws {
        ERR_clear_error()
        guard try progress(SSL_write(ssl, bytes, Int32(bytes.count))) == bytes.count else {
            throw AssociationSocket.Failure.closed
        }
    }

    /// Says that nothing more will come, for the next `output()`; without it the peer could not tell a cut from an end.
    func close() {
        guard !isBroken, SSL_is_init_finished(ssl) == 1 else { return }
        SSL_shutdown(ssl)
        ERR_clear_error()
    }

    /// What an OpenSSL call's result means; `nil`: it needs more from the peer.
    private func progress(_ result: Int32) throws -> Int? {
        if result > 0 { return Int(result) }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return nil
        case SSL_ERROR_ZERO_RETURN: throw AssociationSocket.Failure.closed
        default:
            isBroken = true
            throw AssociationSocket.Failure.insecure(lastProblem())
        }
    }

    /// The common name of the peer's certificate, else its first DNS name.
    private func certificateName() -> String? {
        guard let certificate = SSL_get1_peer_certificate(ssl) else { return nil }
        defer { X509_free(certificate) }
        return commonName(of: certificate) ?? dnsName(of: certificate)
    }

    private func commonName(of certificate: OpaquePointer) -> String? {
        let subject = X509_get_subject_name(certificate)
        let place = X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
        guard place >= 0, let entry = X509_NAME_get_entry(subject, place) else { return nil }
        return Self.name(X509_NAME_ENTRY_get_data(entry))
    }

    private func dnsName(of certificate: OpaquePointer) -> String? {
        guard let found = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return nil }
        let names = OpaquePointer(found)
        defer { GENERAL_NAMES_free(names) }
        for place in 0..<max(0, OPENSSL_sk_num(names)) {
            let name = OPENSSL_sk_value(names, place)?.assumingMemoryBound(to: GENERAL_NAME.self).pointee
            if let name, name.type == GEN_DNS { return Self.name(name.d.dNSName) }
        }
        return nil
    }

    /// Text of a certificate, when it can stand in a list: signed does not mean harmless.
    private static func name(_ text: UnsafePointer<ASN1_STRING>?) -> String? {
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = Int(ASN1_STRING_to_UTF8(&bytes, text))
        defer { copenssl_free(bytes) }
        guard (1...longestName).contains(count),
            let name = String(validating: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self),
            name != anonymous, name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { return nil }
        return name
    }
}
