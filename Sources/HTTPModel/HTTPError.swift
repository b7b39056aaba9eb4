/// A refusal that becomes an answer: `{"error": {"code", "message", "field"?, "details"?}}` with its status.
///
/// `message` is English and safe for strangers: what is wrong, where, and what to do. The runtime replaces it by the
/// sentence for `code` in the caller's language where it has one.
package struct HTTPError: Error, Sendable {
    package let status: Status
    /// Stable, for programs: `patient.conflict`.
    package let code: String
    package let message: String
    /// The input's field that the refusal is about.
    package let field: String?
    /// Facts for the sentence and for programs, such as `["limit": "1048576"]`.
    package let details: [String: String]
    /// Header fields that belong to the refusal: `Allow`, `Retry-After`, `WWW-Authenticate`.
    package let headers: Headers

    package init(
        _ status: Status, _ code: String, _ message: String, field: String? = nil,
        details: [String: String] = [:], headers: Headers = [:]
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        self.details = details
        self.headers = headers
    }

    package static func badRequest(
        _ code: String, _ message: String, field: String? = nil, details: [String: String] = [:]
    ) -> HTTPError {
        HTTPError(400, code, message, field: field, details: details)
    }

    /// What is absent and what is hidden from the caller are one and the same answer.
    package static let notFound = HTTPError(404, "notFound", "There is nothing here under this address.")

    package static func notAcceptable(_ offered: String) -> HTTPError {
        HTTPError(
            406, "notAcceptable", "None of the accepted media types can be produced; available: \(offered).",
            details: ["offered": offered])
    }

    package static func contentTooLarge(limit: Int) -> HTTPError {
        HTTPError(
            413, "body.tooLarge", "The body is larger than the \(limit) bytes that are accepted here.",
            details: ["limit": "\(limit)"])
    }
}
