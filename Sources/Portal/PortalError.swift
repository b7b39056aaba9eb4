/// Why a rule of the portal refuses something. It becomes a status in one place, `FunctionRuntime`.
package enum PortalError: Error, Sendable, Equatable {
    /// 404: absent, or hidden from the caller, which is the same.
    case notFound
    /// 401: no session where one is needed, or wrong credentials (`session.refused`).
    case unauthenticated(code: String)
    /// 403: the caller sees the thing but lacks the permission. `details` go into the answer.
    case forbidden(code: String, details: [String: String] = [:])
    /// 409: two things cannot be at once.
    case conflict(code: String, field: String? = nil)
    /// 422: one or more fields break a rule; the first one leads.
    case invalid([FieldProblem])
    /// 400: what was asked cannot be understood.
    case malformed(code: String, field: String? = nil, details: [String: String] = [:])
    /// 429: too many attempts.
    case tooManyAttempts(secondsToWait: Int)

    /// One broken rule.
    package static func invalid(_ field: String, _ code: String) -> PortalError {
        .invalid([FieldProblem(field: field, code: code)])
    }
}

/// A field and the stable code of what is wrong with it, such as `patient.birthDate.invalid`.
package struct FieldProblem: Sendable, Equatable {
    package let field: String
    package let code: String
    /// How long or large the value may be, or how short.
    package let limit: Int?

    package init(field: String, code: String, limit: Int? = nil) {
        self.field = field
        self.code = code
        self.limit = limit
    }
}
