/// One parameter of a query, as the API's description shows it.
package struct QueryParameter: Sendable, Equatable {
    package enum Kind: String, Sendable { case text = "string", number = "integer", truth = "boolean" }

    package let name: String
    package let kind: Kind
    /// One sentence.
    package let meaning: String

    package init(_ name: String, _ kind: Kind, _ meaning: String) {
        (self.name, self.kind, self.meaning) = (name, kind, meaning)
    }

    package init(_ name: String, _ meaning: String) { self.init(name, .text, meaning) }

    package static let page = [
        QueryParameter("limit", .number, "How many items at most."),
        QueryParameter("after", "Where the page begins: the value of `next` in the page before."),
    ]
}

/// What a function understands and gives, beside its route: one source for its checks and for the API's description.
package struct Contract: Sendable {
    package var parameters: [QueryParameter]
    /// Whether a parameter that is not listed is a 400; the services of DICOM have rules of their own.
    package var refusesOthers: Bool
    /// Media types of the request's body; none where there is no body.
    package var takes: [String]
    /// Media types of the answer, the one that is given unasked first; none for an answer without a body.
    package var gives: [String]

    package init(
        _ parameters: [QueryParameter] = [], refusesOthers: Bool = true, takes: [String] = [],
        gives: [String] = ["application/json"]
    ) {
        self.parameters = parameters
        self.refusesOthers = refusesOthers
        self.takes = takes
        self.gives = gives
    }

    /// - Throws: 400 `query.unknown` for a parameter that the function does not have.
    package func check(_ request: Request) throws(HTTPError) {
        if refusesOthers { try request.requireQuery(only: Set(parameters.map(\.name))) }
    }
}
