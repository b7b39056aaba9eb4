import HTTPModel
import Portal

extension Request {
    /// Answers with one item or list in JSON, with an `ETag` of its bytes; 304 when the caller has it already.
    ///
    /// - Parameter revision: of the item; `If-Match` is compared with it alone, so that a study that arrives while
    ///   someone edits a patient is no conflict.
    package func answer(
        _ value: some Encodable, revision: Int = 0, status: Status = 200, location: String? = nil
    ) throws -> Response {
        var response = try Response.json(value, status: status)
        guard case .bytes(let bytes) = response.body else { return response }
        if let location { response.headers["Location"] = location }
        return conditional(on: EntityTag(revision, checksum(of: bytes))) { response }
    }

    /// Makes sure that a change is meant for this revision; a caller without `If-Match` overwrites knowingly.
    ///
    /// - Throws: 412 `precondition.failed`.
    package func requireRevision(_ revision: Int) throws(HTTPError) {
        let conditions = headers.all("If-Match")
        let holds = conditions.contains { text in
            text == "*" || EntityTag.list(text).contains { $0.opaque.split(separator: "-").first == "\(revision)"[...] }
        }
        guard conditions.isEmpty || holds else {
            throw HTTPError(
                412, "precondition.failed",
                "The item has changed since you read it (If-Match names another version); read it again.")
        }
    }

    /// The piece of a list that `limit` and `after` name.
    ///
    /// - Throws: `PortalError.malformed` `query.limit.invalid`.
    package func pageRequest() throws -> PageRequest {
        guard let text = try queryValue("limit") else { return try PageRequest(after: try queryValue("after")) }
        return try PageRequest(limit: Int(text) ?? 0, after: try queryValue("after"))
    }

    /// A day in the query.
    ///
    /// - Throws: `PortalError.malformed` `query.date.invalid`.
    package func queryDay(_ name: String) throws -> CalendarDay? {
        guard let text = try queryValue(name) else { return nil }
        guard let day = CalendarDay(text) else { throw PortalError.malformed(code: "query.date.invalid", field: name) }
        return day
    }

    /// A value of the route's pattern.
    ///
    /// - Throws: `PortalError.notFound` when the route has none of this name.
    package func parameter(_ name: String) throws(PortalError) -> String {
        guard let value = parameters[name] else { throw .notFound }
        return value
    }
}

/// FNV-1a with 64 bits: tells versions of one item apart, nothing more.
private func checksum(of bytes: [UInt8]) -> String {
    let sum = bytes.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(sum, radix: 16)
}
