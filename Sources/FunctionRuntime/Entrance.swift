import HTTPModel
import Portal
import Postgres

/// Finds out who calls, and whether they may use a function at all.
struct Entrance {
    let settings: Settings
    let sessions: Sessions
    var recollection: Recollection?

    /// - Parameters:
    ///   - address: of an instance that is looked up with the caller.
    ///   - recognised: told who calls before it is said whether they may.
    /// - Throws: 401 `session.missing`; 403 `origin.refused`, `password.mustChange`, `permission.missing`; `PostgresError`.
    func admit(
        _ request: Request, to access: Access, opening address: InstanceAddress? = nil,
        recognised: (Caller) -> Void = { _ in }
    ) throws -> Sessions.Found {
        let credential = Credential(request.headers, cookieName: settings.sessionCookie)
        if access == .open { return Sessions.Found(caller: knownCaller(credential)) }
        guard let credential,
            let found = try sessions.caller(
                token: credential.token, opening: address, recollection: recollection)
        else {
            throw sessionMissing(for: request)
        }
        let caller = found.caller
        recognised(caller)
        guard SameOrigin.allows(request, credential, publicURL: settings.publicURL) else {
            throw HTTPError(403, "origin.refused", "The request comes from another site (Origin) and was refused.")
        }
        guard caller.isSignedIn else {
            if caller.kind == .passwordChange {
                throw HTTPError(403, "password.mustChange", "")
            }
            throw sessionMissing(for: request)
        }
        if case .permission(let name) = access {
            guard let permission = Permission(rawValue: name), caller.holds(permission) else {
                throw HTTPError(403, "permission.missing", "", details: ["permission": name])
            }
        }
        return found
    }

    /// Whom an open function may know; it answers strangers also when the database is away.
    private func knownCaller(_ credential: Credential?) -> Caller {
        guard let credential else { return .stranger }
        return (try? sessions.caller(token: credential.token)) ?? .stranger
    }

    /// Basic is only offered to programs: a browser would ask for a password in a window of its own, inside OHIF.
    private func sessionMissing(for request: Request) -> HTTPError {
        var headers: Headers = ["WWW-Authenticate": "Bearer"]
        if !request.isFromBrowser {
            headers.add("WWW-Authenticate", "Basic realm=\"Preview DICOM\", charset=\"UTF-8\"")
        }
        return HTTPError(401, "session.missing", "Sign in, or send an access token.", headers: headers)
    }
}
