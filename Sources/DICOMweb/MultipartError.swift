import HTTPModel

/// Why a multipart body cannot be read; each is a 400.
package enum MultipartError: Error, Equatable {
    /// The Content-Type's boundary is absent, over 70 characters, or holds characters that RFC 2046 does not allow.
    case boundary
    /// The body holds no line that is the boundary; lines end in CRLF.
    case noDelimiter
    /// Something stands behind a boundary on its line.
    case delimiter
    /// The header block of this part (1-based) is over its limit or holds a line that is no field.
    case headers(part: Int)
    case tooManyParts(Int)
    /// The body ends before its closing delimiter.
    case truncated

    package var httpError: HTTPError {
        switch self {
        case .boundary:
            .badRequest(
                "multipart.boundary",
                "The Content-Type needs a boundary of 1 to 70 characters of those that RFC 2046 allows.")
        case .noDelimiter:
            .badRequest(
                "multipart.noDelimiter",
                "The body holds no boundary line; each boundary line begins with two hyphens and ends in CRLF.")
        case .delimiter:
            .badRequest(
                "multipart.delimiter", "A boundary line holds more than the boundary, or does not end in CRLF.")
        case .headers(let part):
            .badRequest(
                "multipart.headers",
                "The header fields of part \(part) are malformed or longer than \(MultipartReader.longestHeaderBlock) bytes.",
                details: ["part": "\(part)", "limit": "\(MultipartReader.longestHeaderBlock)"])
        case .tooManyParts(let limit):
            .badRequest(
                "multipart.tooManyParts", "The body holds more than the \(limit) parts that are read.",
                details: ["limit": "\(limit)"])
        case .truncated: .badRequest("multipart.truncated", "The body ends before its closing boundary.")
        }
    }
}
