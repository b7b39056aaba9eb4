import DICOM
import HTTPModel

/// What a search asks for (PS3.18 §8.3.4): attributes to match, attributes to return, and which part of the results.
package struct SearchQuery: Sendable, Equatable {
    /// One `{attributeID}={value}`; what the value means depends on the attribute (PS3.4 §C.2.2.2).
    package struct Match: Sendable, Equatable {
        package fileprivate(set) var path: AttributePath
        /// Decoded; empty asks for the attribute without restricting the results.
        package let value: String
    }

    package enum IncludedFields: Sendable, Equatable {
        case listed([AttributePath])
        case all
    }

    package private(set) var matches: [Match] = []
    package private(set) var includedFields = IncludedFields.listed([])
    package private(set) var limit: Int?
    package private(set) var offset = 0
    package private(set) var isFuzzy = false
    /// Whether `""` asks for an empty attribute (PS3.4 §C.2.2.2.7).
    package private(set) var matchesEmptyValues = false

    /// What a search understands beside attributes to match (PS3.18 Table 8.3.4-1).
    package static let parameters = [
        QueryParameter("includefield", "Attributes to return, by keyword or tag, joined by commas; or all."),
        QueryParameter("fuzzymatching", .truth, "Whether names are matched word by word, also with one wrong letter."),
        QueryParameter("emptyvaluematching", .truth, "Whether a value of two quotation marks matches what is empty."),
        QueryParameter("multiplevaluematching", .truth, "Lists of values are always matched as lists."),
        QueryParameter("limit", .number, "How many results at most."),
        QueryParameter("offset", .number, "How many results to pass over."),
    ]

    package static let mostMatches = 64
    package static let mostFields = 512

    /// - Throws: 400 that names the parameter which is unknown or malformed.
    package init(_ request: Request) throws(HTTPError) { try self.init(items: request.queryItems) }

    init(items: [QueryItem]) throws(HTTPError) {
        for item in items { try take(item.name, item.value) }
        try findCreators()
        guard matches.count <= Self.mostMatches else {
            throw .badRequest(
                "query.tooLong", "A search takes at most \(Self.mostMatches) attributes to match.",
                details: ["limit": "\(Self.mostMatches)"])
        }
    }

    private mutating func take(_ name: String, _ value: String) throws(HTTPError) {
        switch name {
        case "limit": limit = try Self.number(value, of: name)
        case "offset": offset = try Self.number(value, of: name)
        case "fuzzymatching": isFuzzy = try Self.truth(value, of: name)
        case "emptyvaluematching": matchesEmptyValues = try Self.truth(value, of: name)
        // Lists of values are always matched as lists, so that this only has to be understood.
        case "multiplevaluematching": _ = try Self.truth(value, of: name)
        case "includefield": try include(value)
        case "accept", "charset": break
        default:
            guard let path = AttributePath(name) else {
                throw .badRequest(
                    "query.attribute", "A parameter is neither one of a search nor an attribute's keyword or tag.",
                    field: name)
            }
            matches.append(Match(path: path, value: value))
        }
    }

    /// Gives private attributes the Private Creators that stand beside them as matching parameters (PS3.18 §8.3.4.3).
    private mutating func findCreators() throws(HTTPError) {
        let creators = Dictionary(
            matches.filter { $0.path.tags.last?.isPrivateCreator == true }.map { ($0.path.tags, $0.value) }
        ) { first, _ in first }
        var used: Set<[Tag]> = []
        for index in matches.indices { used.formUnion(try matches[index].path.take(creators)) }
        if case .listed(var paths) = includedFields {
            for index in paths.indices { used.formUnion(try paths[index].take(creators)) }
            includedFields = .listed(paths)
        }
        matches.removeAll { used.contains($0.path.tags) }
    }

    fileprivate static func creatorMissing(_ path: [Tag]) -> HTTPError {
        .badRequest(
            "query.creator", "A private attribute needs its Private Creator as a matching parameter.",
            field: path.map(\.hex).joined(separator: "."))
    }

    private static let malformedFields = HTTPError.badRequest(
        "query.includefield",
        "includefield is all, or at most \(mostFields) attributes by keyword or tag, joined by commas.",
        field: "includefield", details: ["limit": "\(mostFields)"])

    private mutating func include(_ list: String) throws(HTTPError) {
        for text in list.split(separator: ",").map(\.trimmingSpaces) {
            if text == "all" {
                includedFields = .all
            } else if let path = AttributePath(text) {
                guard case .listed(let paths) = includedFields else { continue }
                guard paths.count < Self.mostFields else { throw Self.malformedFields }
                includedFields = .listed(paths + [path])
            } else {
                throw Self.malformedFields
            }
        }
    }

    /// A number larger than can be served is as good as the largest that can.
    private static func number(_ text: String, of name: String) throws(HTTPError) -> Int {
        let largest = 1_000_000_000
        guard !text.isEmpty, text.utf8.count <= 32, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .badRequest(
                "query.number", "'\(name)' is a whole number, 0 or more.", field: name, details: ["least": "0"])
        }
        return min(Int(text) ?? largest, largest)
    }

    private static func truth(_ text: String, of name: String) throws(HTTPError) -> Bool {
        switch text {
        case "true": true
        case "false": false
        default: throw .badRequest("query.truth", "'\(name)' is true or false.", field: name)
        }
    }
}

extension AttributePath {
    /// Gives private attributes on the path their creators.
    ///
    /// - Parameter creators: the names, by the paths of their elements.
    /// - Returns: the paths of those that were used.
    /// - Throws: 400 `query.creator` for one that is missing.
    fileprivate mutating func take(_ creators: [[Tag]: String]) throws(HTTPError) -> [[Tag]] {
        let wanted = creatorPaths
        for (place, creator) in wanted {
            guard let name = creators[creator], !name.isEmpty else { throw SearchQuery.creatorMissing(creator) }
            setCreator(name, at: place)
        }
        return wanted.map { $0.1 }
    }
}
