/// Who is at the other end of a connection, as far as the network can tell.
struct Peer: Sendable, Equatable {
    /// The address as text.
    let address: String
    /// The name in the certificate that it showed; empty without TLS, `*` over TLS without a certificate.
    let tlsName: String
}
