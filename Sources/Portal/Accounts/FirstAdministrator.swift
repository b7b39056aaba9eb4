import Postgres

/// Accounts made at the machine itself, where there is nobody yet who could make them.
package struct FirstAdministrator {
    private static let groupName = "Administrators"

    private let database: Connection

    package init(database: Connection) { self.database = database }

    /// Makes an account; an administrator joins the group that has every permission on everything, made when it lacks.
    ///
    /// - Parameter password: `nil` to have one made.
    /// - Returns: the password that was made; `account` is `nil` when the e-mail address has an account already, which
    ///   then stays as it is.
    /// - Throws: 422 (see `AccountFields`).
    package func make(
        email: String, name: String, password: String?, isAdministrator: Bool, mustChange: Bool
    ) throws -> (account: AccountRecord?, password: String?) {
        let accounts = Accounts(database: database, caller: .atTheMachine)
        guard try accounts.id(ofEmail: email) == nil else { return (nil, nil) }
        var draft = AccountDraft()
        draft.email = .set(email)
        draft.name = .set(name)
        if let password { draft.password = .set(password) }
        draft.mustChangePassword = .set(mustChange)
        do {
            return try database.transaction {
                if isAdministrator { draft.groups = .set([try group()]) }
                let made = try accounts.make(draft)
                return (made.account, made.password)
            }
        } catch PortalError.conflict(code: "user.email.taken", field: _) {
            return (nil, nil)
        }
    }

    private func group() throws -> String {
        try database.query("SELECT pg_advisory_xact_lock(4242001)")
        let all = Permission.allCases.map(\.rawValue)
        let known = try database.query(
            """
            SELECT id FROM portal.groups WHERE scope_all AND permissions @> \(all)::text[] ORDER BY created_at LIMIT 1
            """)
        if let group = try known.first?.text(0) { return group }
        let groups = Groups(database: database, caller: .atTheMachine)
        return try groups.make(
            GroupDraft(name: .set(Self.groupName), permissions: .set(all), scope: .set("all"))
        ).id
    }
}
