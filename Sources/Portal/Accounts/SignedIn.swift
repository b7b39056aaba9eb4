/// The person who is signed in, as their own browser sees it.
package struct SignedInUser: Sendable, Equatable, Encodable {
    package let id: String
    package let email: String
    package let name: String
    package let language: String
    /// In the order of `Permission`; each holds in the scope of some group.
    package let permissions: [Permission]
    /// Those that hold for all patients.
    package let permissionsOnAll: [Permission]

    /// `nil` for a stranger.
    package init?(_ caller: Caller) {
        guard let id = caller.userID else { return nil }
        self.id = id
        email = caller.email
        name = caller.name
        language = caller.language
        permissions = Permission.allCases.filter(caller.permissions.contains)
        permissionsOnAll = Permission.allCases.filter(caller.permissionsOnAll.contains)
    }
}
