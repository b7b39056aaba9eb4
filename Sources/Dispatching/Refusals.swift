import HTTPModel

/// What the dispatcher itself answers.
extension HTTPError {
    static let workerLost = HTTPError(502, "worker.lost", "The function ended before it had answered. Try again.")

    static let deadlinePassed = HTTPError(504, "deadline.passed", "The answer was not ready in time. Try again.")

    static let overloaded = HTTPError(
        503, "overloaded", "Too many requests are waiting. Try again in a moment.", headers: ["Retry-After": "1"])

    static let unavailable = HTTPError(
        503, "unavailable", "The service cannot answer now. Try again in a moment.", headers: ["Retry-After": "5"])

    static let bodyStalled = HTTPError(408, "body.stalled", "The request's body did not arrive in time.")

    static let objectMissing = HTTPError(500, "object.missing", "A file of the store is missing; this is in the log.")

    static func methodNotAllowed(_ methods: [Method]) -> HTTPError {
        let allow = methods.map(\.rawValue).joined(separator: ", ")
        return HTTPError(
            405, "method.notAllowed", "This method is not possible here; possible: \(allow).",
            details: ["allow": allow], headers: ["Allow": allow])
    }
}
