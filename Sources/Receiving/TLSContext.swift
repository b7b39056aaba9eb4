import COpenSSL
import Glibc

/// What the receiver shows to peers that connect over TLS, and what it asks of them.
///
/// TLS 1.2 or 1.3, only with ephemeral keys and authenticated encryption; nothing is resumed or renegotiated, so that
/// every association shows its certificate. A class because it owns an OpenSSL object, which its connections only read.
///
/// - SeeAlso: PS3.15 §B.12; RFC 9325 §4.2.
package final class TLSContext: @unchecked Sendable {
    /// Whether a peer has to show a certificate.
    let asksForCertificate: Bool
    let pointer: OpaquePointer
    /// For TLS 1.2; those of TLS 1.3 all qualify.
    private static let ciphers = "ECDHE+AESGCM"

    /// Reads PEM files.
    ///
    /// - Parameters:
    ///   - certificate: the receiver's, those that vouch for it behind it.
    ///   - key: without a passphrase.
    ///   - clientCA: whose signature a peer's certificate must bear; `nil` asks for none.
    /// - Throws: `ListenerError` that names the file.
    init(certificate: String, key: String, clientCA: String?) throws {
        // A transfer that outlives the listener must not find the library taken down.
        OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_ATEXIT), nil)
        ERR_clear_error()
        guard let pointer = SSL_CTX_new(TLS_server_method()) else { throw ListenerError(description: lastProblem()) }
        self.pointer = pointer
        asksForCertificate = clientCA != nil
        SSL_CTX_set_default_passwd_cb(pointer) { _, _, _, _ in 0 }  // OpenSSL's own asks the terminal
        guard copenssl_set_policy(pointer, Self.ciphers) == 1 else { throw ListenerError(description: lastProblem()) }
        guard SSL_CTX_use_certificate_chain_file(pointer, certificate) == 1 else { throw unusable(certificate) }
        guard SSL_CTX_use_PrivateKey_file(pointer, key, SSL_FILETYPE_PEM) == 1 else { throw unusable(key) }
        guard let clientCA else { return }
        guard SSL_CTX_load_verify_locations(pointer, clientCA, nil) == 1, let names = SSL_load_client_CA_file(clientCA)
        else { throw unusable(clientCA) }
        SSL_CTX_set_client_CA_list(pointer, names)
        SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
    }

    /// What `PORTAL_DICOM_TLS_CERTIFICATE`, `…_KEY` and `…_CLIENT_CA` name; `nil` when none is set.
    ///
    /// - Throws: `ListenerError` when certificate or key lacks, or a file cannot be used.
    package static func fromEnvironment() throws -> TLSContext? {
        let certificate = file("CERTIFICATE"), key = file("KEY"), clientCA = file("CLIENT_CA")
        if let certificate, let key { return try TLSContext(certificate: certificate, key: key, clientCA: clientCA) }
        guard certificate == nil, key == nil, clientCA == nil else {
            throw ListenerError(
                description: "PORTAL_DICOM_TLS_CERTIFICATE and PORTAL_DICOM_TLS_KEY have to be set together")
        }
        return nil
    }

    private static func file(_ name: String) -> String? {
        getenv("PORTAL_DICOM_TLS_\(name)").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    deinit { SSL_CTX_free(pointer) }
}

private func unusable(_ file: String) -> ListenerError {
    ListenerError(description: "\(file) cannot be used for TLS: \(lastProblem())")
}

/// The first thing that OpenSSL complained of on this thread, in its own words, which name no peer.
func lastProblem() -> String {
    let first = ERR_peek_error()
    ERR_clear_error()
    guard first != 0 else { return "unknown" }
    var text = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(first, &text, text.count)  // "error:<number>:<library>::<reason>"
    let whole = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return whole.split(separator: ":").last.map(String.init) ?? whole
}
