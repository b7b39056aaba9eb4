import HTTPModel
import ObjectStore
import Portal

/// What the query of `POST /api/patients/import` asks for.
package struct ImportWish: Sendable {
    package let options: ImportOptions
    /// The import's key: the caller's own choice, so that it can ask for progress while the request runs, or a new one.
    package let id: String
    /// A name for the list of imports.
    package let name: String?
    /// Whether to answer when the files have come, and store them later.
    package let isDeferred: Bool

    package static let onExisting = QueryParameter(
        "onExisting", "update, skip or fail: what becomes of a patient that is known.")
    package static let parameters = [
        QueryParameter("dryRun", .truth, "Whether to say only what would happen."),
        onExisting,
        QueryParameter("id", "A UUID of the caller's choice, under which GET /api/imports/{id} shows progress."),
        QueryParameter("name", "A name for the list of imports."),
        QueryParameter("async", .truth, "Whether to answer when the files have come, and to store them later."),
    ]

    /// What a program at the machine itself asks for.
    package init(_ options: ImportOptions, name: String) {
        self.options = options
        self.name = name
        id = ObjectKey.randomName()
        isDeferred = false
    }

    /// - Throws: 400 for a value that cannot be.
    package init(_ request: Request) throws {
        var options = ImportOptions()
        options.isDryRun = try request.queryTruth("dryRun")
        options.onExisting = try Self.onExisting(of: request) ?? options.onExisting
        let id = try request.queryValue("id")?.lowercased()
        guard id.map(isUUID) != false else {
            throw HTTPError.badRequest("query.uuid", "The parameter 'id' is a UUID.", field: "id")
        }
        self.options = options
        self.id = id ?? ObjectKey.randomName()
        name = try request.queryValue("name")
        isDeferred = try request.queryTruth("async")
    }

    /// - Throws: 400 `query.onExisting`.
    package static func onExisting(of request: Request) throws -> ImportOptions.OnExisting? {
        guard let text = try request.queryValue("onExisting") else { return nil }
        guard let choice = ImportOptions.OnExisting(rawValue: text) else {
            throw HTTPError.badRequest(
                "query.onExisting", "The parameter 'onExisting' is update, skip or fail.", field: "onExisting")
        }
        return choice
    }
}

extension Request {
    /// Whether a parameter is set; one without a value is.
    ///
    /// - Throws: 400 `query.truth`.
    package func queryTruth(_ name: String) throws -> Bool {
        switch try queryValue(name) {
        case nil, "false": return false
        case "true", "": return true
        default:
            throw HTTPError.badRequest("query.truth", "The parameter '\(name)' is true or false.", field: name)
        }
    }
}
