import Postgres

/// What a person may change of the own account.
package struct OwnAccount {
    private let database: Connection
    private let user: String

    package init(database: Connection, user: String) {
        self.database = database
        self.user = user
    }

    /// - Throws: 422 `user.name.tooLong`, `user.language.unknown`.
    package func change(name: String?, language: String?) throws {
        guard name != nil || language != nil else { return }
        var draft = AccountDraft()
        if let name { draft.name = .set(name) }
        if let language { draft.language = .set(language) }
        let accounts = Accounts(database: database, caller: .atTheMachine)
        let fields = try AccountFields(draft, over: try accounts.find(user), in: database)
        try database.execute(
            """
            UPDATE portal.users SET name = \(fields.name), language = \(fields.language), revision = revision + 1
            WHERE id = \(uuid: user)
            """)
    }
}
