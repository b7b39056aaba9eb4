import HTTPModel
import Invocation
import ObjectStore
import Portal
import Postgres

/// The one place where errors become statuses.
enum ErrorStatuses {
    static func refusal(for error: any Error) -> HTTPError {
        switch error {
        case let error as HTTPError: error
        case let error as PortalError: refusal(for: error)
        case let error as PostgresError: refusal(for: error)
        case StoreError.full: HTTPError(507, "store.full", "The store has no space left.")
        case is SettingsError: unavailable
        case InvocationError.cancelled, InvocationError.peerGone:
            .badRequest("body.cut", "The request's body ended before it was complete.")
        default: HTTPError(500, "internal", "Something went wrong on our side; it is in the log under this id.")
        }
    }

    private static let unavailable = HTTPError(
        503, "unavailable", "The service cannot answer now. Try again in a moment.", headers: ["Retry-After": "5"])

    private static func refusal(for error: PostgresError) -> HTTPError {
        if error.isUnavailable { return unavailable }
        if error.isRetryable || error.isTimeout {
            return HTTPError(
                503, "overloaded", "Too much is going on at once. Try again in a moment.", headers: ["Retry-After": "1"]
            )
        }
        if error.isUnfitValue { return .badRequest("value.invalid", "A value of the request is not possible here.") }
        return HTTPError(500, "internal", "Something went wrong on our side; it is in the log under this id.")
    }

    /// The sentences stand in `Messages`, by code.
    private static func refusal(for error: PortalError) -> HTTPError {
        switch error {
        case .notFound: .notFound
        case .unauthenticated(let code): HTTPError(401, code, "", headers: ["WWW-Authenticate": "Bearer"])
        case .forbidden(let code, let details): HTTPError(403, code, "", details: details)
        case .conflict(let code, let field): HTTPError(409, code, "", field: field)
        case .malformed(let code, let field, let details): HTTPError(400, code, "", field: field, details: details)
        case .invalid(let problems): refusal(for: problems)
        case .tooManyAttempts(let seconds):
            HTTPError(
                429, "attempts.tooMany", "", details: ["seconds": "\(seconds)"], headers: ["Retry-After": "\(seconds)"])
        }
    }

    /// The first problem leads: the sentence is about it. The details have the codes of all, by field.
    private static func refusal(for problems: [FieldProblem]) -> HTTPError {
        var details = Dictionary(problems.map { ($0.field, $0.code) }, uniquingKeysWith: { first, _ in first })
        details["limit"] = problems.first?.limit.map(String.init)
        return HTTPError(
            422, problems.first?.code ?? "value.invalid", "", field: problems.first?.field, details: details)
    }

    /// What the log may hold of an error: our own descriptions are safe for strangers, others might quote a value.
    static func detail(of error: any Error) -> String {
        let type = String(reflecting: type(of: error))
        guard error is any CustomStringConvertible, !(error is DecodingError), !(error is EncodingError) else {
            return type
        }
        return "\(type): \(error)"
    }
}
