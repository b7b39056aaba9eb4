import Crypto
import CryptoExtras

/// A password as it is stored: scrypt (RFC 7914) with its parameters, so that they can be raised.
///
/// Text form: `scrypt$N$r$p$salt$key`, salt and key in base64url.
struct PasswordHash: Equatable {
    struct Parameters: Equatable {
        let rounds: Int
        let blockSize: Int
        let parallelism: Int

        /// 16 MiB and about 80 ms: what a sign-in may cost here.
        static let current = Parameters(rounds: 16384, blockSize: 8, parallelism: 1)
    }

    private static let saltLength = 16
    private static let keyLength = 32

    let parameters: Parameters
    private let salt: [UInt8]
    private let key: [UInt8]

    init(of password: String, parameters: Parameters = .current) throws {
        self.parameters = parameters
        salt = Secret.randomBytes(Self.saltLength)
        key = try Self.derive(password, salt, parameters)
    }

    /// Reads the text form; `nil` for any other text, or parameters that would cost more than ours.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Base64URL.decode(parts[4]),
            let key = Base64URL.decode(parts[5]),
            (2...1 << 17).contains(rounds), (1...32).contains(blockSize), (1...16).contains(parallelism)
        else { return nil }
        parameters = Parameters(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        self.salt = salt
        self.key = key
    }

    var text: String {
        [
            "scrypt", "\(parameters.rounds)", "\(parameters.blockSize)", "\(parameters.parallelism)",
            Base64URL.encode(salt), Base64URL.encode(key),
        ].joined(separator: "$")
    }

    /// Whether the password is this one; takes the same time for right and wrong.
    func matches(_ password: String) throws -> Bool {
        let derived = try Self.derive(password, salt, parameters)
        guard derived.count == key.count else { return false }
        return zip(derived, key).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Spends the time of a comparison where there is nothing to compare, so that nobody learns which accounts exist.
    static func spendTime() throws {
        _ = try derive("", Array(repeating: 0, count: saltLength), .current)
    }

    private static func derive(_ password: String, _ salt: [UInt8], _ parameters: Parameters) throws -> [UInt8] {
        try KDF.Scrypt.deriveKey(
            from: Array(password.utf8), salt: salt, outputByteCount: keyLength, rounds: parameters.rounds,
            blockSize: parameters.blockSize, parallelism: parameters.parallelism
        ).withUnsafeBytes { Array($0) }
    }
}
