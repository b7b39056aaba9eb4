/// Who makes a call and what they may: what one statement finds for a token.
package struct Caller: Sendable, Equatable {
    /// What the token is.
    package enum Kind: String, Sendable {
        /// A sign-in of a person.
        case session
        /// An access token for a program.
        case token
        /// Good for nothing but setting a new password; its caller counts as a stranger everywhere else.
        case passwordChange
    }

    /// `nil` for a stranger: who is not signed in, or must first change the password.
    package var userID: String?
    package var name: String
    package var email: String
    /// `fr` or `en`.
    package var language: String
    /// The list of what the caller sees; 1 is everything, 2 nothing.
    package var scopeID: Int
    /// All permissions, each in the scope of some group.
    package var permissions: Set<Permission>
    /// The permissions that hold for all patients.
    package var permissionsOnAll: Set<Permission>
    package var sessionID: String?
    package var kind: Kind?
    /// The account that a `passwordChange` token is for.
    package var passwordChangeUserID: String?

    package init(
        userID: String?, name: String = "", email: String = "", language: String = "fr",
        scopeID: Int = Self.seesNothing,
        permissions: Set<Permission> = [], permissionsOnAll: Set<Permission> = [], sessionID: String? = nil,
        kind: Kind? = nil, passwordChangeUserID: String? = nil
    ) {
        self.userID = userID
        self.name = name
        self.email = email
        self.language = language
        self.scopeID = scopeID
        self.permissions = permissions
        self.permissionsOnAll = permissionsOnAll
        self.sessionID = sessionID
        self.kind = kind
        self.passwordChangeUserID = passwordChangeUserID
    }

    /// The scope that holds every patient and study.
    package static let seesAll = 1
    /// The scope that holds none.
    package static let seesNothing = 2
    /// Nobody in particular.
    package static let stranger = Caller(userID: nil)
    /// The person at the machine itself, in `portal`'s commands: holds everything, everywhere.
    package static let atTheMachine = Caller(
        userID: nil, name: "portal", scopeID: seesAll, permissions: Set(Permission.allCases),
        permissionsOnAll: Set(Permission.allCases))

    package var isSignedIn: Bool { userID != nil }

    /// Whether some group of the caller gives this permission; in which scope is another question.
    package func holds(_ permission: Permission) -> Bool { permissions.contains(permission) }

    /// Whether the permission holds for all patients.
    package func holdsOnAll(_ permission: Permission) -> Bool { permissionsOnAll.contains(permission) }
}
