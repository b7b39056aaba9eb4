#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/* What OpenSSL has as macros, which Swift does not see: TLS 1.2 or newer, each handshake anew and whole. */
static inline int copenssl_set_policy(SSL_CTX *context, const char *ciphers) {
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    return SSL_CTX_set_num_tickets(context, 0) && SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) &&
           SSL_CTX_set_cipher_list(context, ciphers);
}

/* What ASN1_STRING_to_UTF8 made. */
static inline void copenssl_free(unsigned char *text) { OPENSSL_free(text); }
