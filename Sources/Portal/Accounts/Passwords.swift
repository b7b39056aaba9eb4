import Postgres

/// Setting the password of an account.
package struct Passwords {
    private let database: Connection
    private let address: String

    package init(database: Connection, address: String) {
        self.database = database
        self.address = address
    }

    /// Changes a person's own password; every other sign-in of the account ends.
    ///
    /// - Parameters:
    ///   - current: needed by someone who is signed in; who just signed in for the change has shown it.
    ///   - session: the sign-in that stays.
    /// - Throws: `PortalError`: 422 `password.wrong`, `password.tooShort`, `password.tooLong`, `password.same`;
    ///   `tooManyAttempts`.
    package func change(of user: String, current: String?, to new: String, keeping session: String?) throws {
        if let problem = PasswordRules.problem(of: new, field: "newPassword") { throw PortalError.invalid([problem]) }
        let row = try database.query("SELECT email, password FROM portal.users WHERE id = \(uuid: user)").first
        guard let row, let hash = try row.textOrNil(1).flatMap(PasswordHash.init) else { throw PortalError.notFound }
        if let current { try check(current, hash, email: try row.text(0)) }
        guard try !hash.matches(new) else { throw PortalError.invalid("newPassword", "password.same") }
        let text = try PasswordHash(of: new).text
        try database.transaction {
            try database.execute(
                "UPDATE portal.users SET password = \(text), must_change = false WHERE id = \(uuid: user)")
            try Sessions(database: database).revokeSignIns(of: user, except: session)
            try Audit(database: database, actor: user, address: address).record(.passwordChanged)
        }
    }

    private func check(_ current: String, _ hash: PasswordHash, email: String) throws {
        let attempts = SignInAttempts(database: database, email: email, address: address)
        try attempts.begin()
        guard current.utf8.count <= PasswordRules.longest, try hash.matches(current) else {
            throw PortalError.invalid("currentPassword", "password.wrong")
        }
        try attempts.succeed()
    }
}
