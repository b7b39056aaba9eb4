import FoundationEssentials
import HTTPModel

extension Request {
    /// The body as a value.
    ///
    /// - Parameter limit: in bytes; a document of the API is small.
    /// - Throws: 415 for another media type, 413, 400 `json.malformed`, or `json.root`, `json.type`,
    ///   `json.missing` or `json.value` with the place in `field`.
    package func json<Value: Decodable>(as type: Value.Type, limit: Int = 1 << 20) throws -> Value {
        try requireJSON()
        let bytes = try body.collected(limit: limit)
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw HTTPError(error)
        }
    }

    /// - Throws: 415 unless the body says that it is JSON; a form of another site cannot say so.
    package func requireJSON() throws(HTTPError) {
        let type = headers["Content-Type"]?.split(separator: ";").first?.trimmingSpaces.lowercased() ?? ""
        guard type == "application/json" || type.hasPrefix("application/") && type.hasSuffix("+json") else {
            throw HTTPError(415, "body.notJSON", "The body must be JSON: Content-Type: application/json.")
        }
    }
}

extension Response {
    /// An answer in JSON: keys sorted, so that equal values give equal bytes.
    package static func json(_ value: some Encodable, status: Status = 200, headers: Headers = [:]) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var response = Response(status: status, headers: headers, body: .bytes([UInt8](try encoder.encode(value))))
        response.headers["Content-Type"] = "application/json"
        return response
    }
}

extension HTTPError {
    /// Says where a document differs from what is expected, never what it holds.
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .typeMismatch(let type, let at) where at.codingPath.isEmpty,
            .valueNotFound(let type, let at) where at.codingPath.isEmpty:
            let type = Self.name(of: type)
            self.init(400, "json.root", "The body is not of the JSON type \(type).", details: ["type": type])
        case .typeMismatch(let type, let at), .valueNotFound(let type, let at):
            let (field, type) = (Self.field(at.codingPath), Self.name(of: type))
            self.init(
                400, "json.type", "The member '\(field)' is not of the JSON type \(type).", field: field,
                details: ["type": type])
        case .keyNotFound(let key, let at):
            let field = Self.field(at.codingPath + [key])
            self.init(400, "json.missing", "The member '\(field)' is missing.", field: field)
        case .dataCorrupted(let at) where !at.codingPath.isEmpty:
            let field = Self.field(at.codingPath)
            self.init(400, "json.value", "The member '\(field)' has a value that is not possible here.", field: field)
        default: self.init(400, "json.malformed", "The body is not well-formed JSON in UTF-8.")
        }
    }

    /// `groups[0].name`.
    private static func field(_ path: [any CodingKey]) -> String {
        path.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }

    /// As JSON Schema names it.
    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "string"
        case is Bool.Type: "boolean"
        case is any BinaryInteger.Type: "integer"
        case is any BinaryFloatingPoint.Type: "number"
        case is [String: Any].Type: "object"
        case is any Collection.Type: "array"
        default: "object"
        }
    }
}
