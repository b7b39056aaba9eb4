extension Request {
    /// Answers 304 when the caller already has this version, else with `answer`, which gets the `ETag`.
    ///
    /// Ask for it before the costly part: `answer` is only called when its result is needed.
    package func conditional(on tag: EntityTag, _ answer: () throws -> Response) rethrows -> Response {
        var response = isFresh(tag) ? Response(status: 304) : try answer()
        response.headers["ETag"] = tag.description
        return response
    }

    /// Whether `If-None-Match` names this version; compared weakly (RFC 9110 §13.1.2).
    package func isFresh(_ tag: EntityTag) -> Bool {
        guard method == .get || method == .head else { return false }
        return headers.all("If-None-Match").contains { text in
            text == "*" || EntityTag.list(text).contains { $0.opaque == tag.opaque }
        }
    }

    /// Makes sure that a change is meant for this version; a caller without `If-Match` overwrites knowingly.
    ///
    /// - Throws: 412 `precondition.failed` when `If-Match` names only other versions (RFC 9110 §13.1.1).
    package func requireMatch(_ tag: EntityTag) throws(HTTPError) {
        let conditions = headers.all("If-Match")
        let holds = conditions.contains { text in
            text == "*" || EntityTag.list(text).contains { $0.opaque == tag.opaque && !$0.isWeak }
        }
        guard conditions.isEmpty || holds else {
            throw HTTPError(
                412, "precondition.failed",
                "The item has changed since you read it (If-Match names another version); read it again.",
                headers: ["ETag": tag.description])
        }
    }
}
