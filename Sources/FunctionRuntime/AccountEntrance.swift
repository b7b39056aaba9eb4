import HTTPModel
import Portal

extension Request {
    /// The token that the client has now, whether it is still good or not.
    package func currentToken(_ settings: Settings) -> String? {
        Credential(headers, cookieName: settings.sessionCookie)?.token
    }
}

extension Context {
    /// Whose account an open function may change: of who is signed in, or has to set a new password.
    ///
    /// - Throws: 401 `session.missing`; 403 `origin.refused`.
    package func accountHolder(of request: Request) throws(HTTPError) -> String {
        guard let credential = Credential(request.headers, cookieName: settings.sessionCookie),
            let user = caller.userID ?? caller.passwordChangeUserID
        else {
            throw HTTPError(
                401, "session.missing", "Sign in, or send an access token.", headers: ["WWW-Authenticate": "Bearer"])
        }
        guard SameOrigin.allows(request, credential, publicURL: settings.publicURL) else {
            throw HTTPError(403, "origin.refused", "The request comes from another site (Origin) and was refused.")
        }
        return user
    }

    /// What only a person may do who signed in, not a program with an access token.
    ///
    /// - Throws: 403 `session.needed`.
    package func signedInPerson() throws -> String {
        guard let user = caller.userID, caller.kind == .session else {
            throw PortalError.forbidden(code: "session.needed")
        }
        return user
    }
}
