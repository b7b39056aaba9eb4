import COpenSSL
import Glibc

@testable import Receiving

/// A self-signed certificate, which is also the only authority that vouches for it.
struct ScratchCertificate {
    let file: String
    let key: String

    init(subject: String = "/CN=portal", alternative: String = "DNS:portal.example") throws {
        var template = Array("/tmp/receiving-tls-XXXXXX".utf8CString)
        let folder = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
        }
        file = folder + "/certificate.pem"
        key = folder + "/key"
        let made = system(
            """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -utf8 -subj '\(subject)' \
            -addext 'subjectAltName=\(alternative)' -out \(file) -keyout \(key) 2>/dev/null
            """)
        guard made == 0 else { throw TestError.noFolder }
    }

    func context(clientCA: ScratchCertificate? = nil) throws -> TLSContext {
        try TLSContext(certificate: file, key: key, clientCA: clientCA?.file)
    }
}

/// The other side of a handshake, in memory.
final class TLSClient {
    private let ssl: OpaquePointer?
    private let incoming = BIO_new(BIO_s_mem())
    private let outgoing = BIO_new(BIO_s_mem())

    init(certificate: ScratchCertificate? = nil) {
        let context = SSL_CTX_new(TLS_client_method())
        defer { SSL_CTX_free(context) }
        if let certificate {
            SSL_CTX_use_certificate_chain_file(context, certificate.file)
            SSL_CTX_use_PrivateKey_file(context, certificate.key, SSL_FILETYPE_PEM)
        }
        ssl = SSL_new(context)
        SSL_set_bio(ssl, incoming, outgoing)
        SSL_set_connect_state(ssl)
    }

    deinit { SSL_free(ssl) }

    /// Takes what the other side said and says the next thing.
    func step(with bytes: [UInt8]) -> [UInt8] {
        BIO_write(incoming, bytes, Int32(bytes.count))
        SSL_do_handshake(ssl)
        ERR_clear_error()
        var answer = [UInt8](repeating: 0, count: 1 << 16)
        let count = BIO_read(outgoing, &answer, Int32(answer.count))
        return Array(answer.prefix(max(0, Int(count))))
    }

    /// Speaks byte by byte until the session is satisfied or throws.
    func shakeHands(with session: TLSSession) throws {
        for _ in 0..<4 {
            for byte in step(with: session.output()) {
                try session.feed([byte][...])
                if try session.handshake() { return }
            }
        }
        throw TestError.connection
    }
}
