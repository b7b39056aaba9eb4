import Crypto

/// A random token as it is handed out once; only its hash is stored.
package struct Secret: Sendable, Equatable {
    /// 43 characters of base64url: 256 bits.
    package let text: String

    private static let byteCount = 32
    private static let length = 43

    /// Takes what a client sent; `nil` for what cannot be one of ours, before anything is hashed.
    package init?(_ text: String) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(Base64URL.isDigit) else { return nil }
        self.text = text
    }

    private init(random bytes: [UInt8]) { text = Base64URL.encode(bytes) }

    static func random() -> Secret { Secret(random: randomBytes(byteCount)) }

    static func randomBytes(_ count: Int) -> [UInt8] {
        SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Array($0) }
    }

    /// The SHA-256 of the text. The text has full entropy, so a slow hash would add nothing.
    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
