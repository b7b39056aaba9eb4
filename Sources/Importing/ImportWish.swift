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

    /// - Throws: 400 for an unknown parameter or value.
    package init(_ request: Request) throws {
        try request.requireQuery(only: ["dryRun", "onExisting", "id", "name", "async"])
        var options = ImportOptions()
        options.isDryRun = try Self.flag("dryRun", request)
        if let text = try request.queryValue("onExisting") {
            guard let choice = ImportOptions.OnExisting(rawValue: text) else {
                throw HTTPError.badRequest(
                    "query.invalid", "The parameter 'onExisting' is update, skip or fail.", field: "onExisting")
            }
            options.onExisting = choice
        }
        let id = try request.queryValue("id")?.lowercased()
        guard id.map(isUUID) != false else {
            throw HTTPError.badRequest("query.invalid", "The parameter 'id' is a UUID.", field: "id")
        }
        self.options = options
        self.id = id ?? ObjectKey.randomName()
        name = try request.queryValue("name")
        isDeferred = try Self.flag("async", request)
    }

    private static func flag(_ name: String, _ request: Request) throws -> Bool {
        switch try request.queryValue(name) {
        case nil, "false": return false
        case "true", "": return true
        default:
            throw HTTPError.badRequest("query.invalid", "The parameter '\(name)' is true or false.", field: name)
        }
    }
}
