import Crypto
import Postgres

/// How often someone may guess: per account and per address, within a quarter of an hour.
struct SignInAttempts {
    static let perAccount = 10
    static let perAddress = 100
    private static let window = 15 * 60

    private let database: Connection
    private let account: String
    private let address: String

    /// - Parameter email: as it was typed; an account that does not exist is limited like one that does.
    init(database: Connection, email: String, address: String) {
        self.database = database
        let folded = Array(email.lowercased().utf8)
        account = "account:" + Base64URL.encode(Array(SHA256.hash(data: folded)))
        self.address = "address:\(address)"
    }

    /// Notes an attempt before its password is looked at, so that many at once do not slip through.
    ///
    /// - Throws: `PortalError.tooManyAttempts`.
    func begin() throws {
        let wait = max(try secondsToWait(account, Self.perAccount), try secondsToWait(address, Self.perAddress))
        guard wait == 0 else { throw PortalError.tooManyAttempts(secondsToWait: wait) }
        try database.execute("INSERT INTO portal.sign_in_attempts (key) VALUES (\(account)), (\(address))")
    }

    /// Forgets the account's attempts and this one of the address: the right password was no guess.
    func succeed() throws(PostgresError) {
        try database.execute(
            """
            DELETE FROM portal.sign_in_attempts WHERE key = \(account) OR ctid = (
                SELECT ctid FROM portal.sign_in_attempts WHERE key = \(address) ORDER BY at DESC LIMIT 1)
            """)
    }

    /// Until the oldest attempt that counts is out of the window; 0 while there are fewer than `limit`.
    private func secondsToWait(_ key: String, _ limit: Int) throws(PostgresError) -> Int {
        let rows = try database.query(
            """
            SELECT ceil(extract(epoch FROM at - now()))::int + \(Self.window)::int FROM portal.sign_in_attempts
            WHERE key = \(key) ORDER BY at DESC OFFSET \(limit - 1) LIMIT 1
            """)
        return max(0, try rows.first?.int(0) ?? 0)
    }
}
