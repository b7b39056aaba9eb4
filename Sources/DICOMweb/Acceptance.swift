import HTTPModel

/// What a caller accepts, best first (PS3.18 §8.7.5, RFC 9110 §12.5.1).
///
/// The `accept` query parameter, where present, stands in place of the Accept header (PS3.18 §8.3.3.1); a request with
/// neither accepts everything.
package struct Acceptance: Sendable {
    /// The forms by falling weight; among equals the more specific first, then as the caller wrote them.
    package let forms: [AcceptedForm]

    /// - Throws: 400 `query.malformed` when the query cannot be decoded; 406 when not one media type can be read.
    package init(_ request: Request) throws(HTTPError) {
        let inQuery = try request.queryItems.filter { $0.name == "accept" }.map(\.value)
        let inHeader = request.headers.all("Accept").joined(separator: ",")
        try self.init(inQuery.isEmpty ? inHeader : inQuery.joined(separator: ","))
    }

    /// - Throws: 406 when not one media type can be read.
    package init(_ text: String) throws(HTTPError) {
        let isAbsent = text.trimmingSpaces.isEmpty
        guard let types = MediaType.list(isAbsent ? "*/*" : text), !types.isEmpty else {
            throw HTTPError(406, "accept.malformed", "The Accept header holds no media type that can be read.")
        }
        let forms = types.filter { $0.weight > 0 }.map(AcceptedForm.init)
        self.forms = forms.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            return (-a.weight, -a.specificity, left.offset) < (-b.weight, -b.specificity, right.offset)
        }.map(\.element)
    }

    /// The first of the caller's forms that one of `offers` meets, and that offer.
    ///
    /// - Parameter offers: what can be made, the server's preference first.
    /// - Throws: 406 that names what is offered.
    package func choose(from offers: [Offer]) throws(HTTPError) -> Offer {
        for form in forms {
            if let offer = form.best(of: offers) { return offer }
        }
        throw .notAcceptable(offers.map(\.description).joined(separator: ", "))
    }
}
