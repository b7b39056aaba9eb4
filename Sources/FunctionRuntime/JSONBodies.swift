import FoundationEssentials
import HTTPModel

extension Request {
    /// The body as a value.
    ///
    /// - Parameter limit: in bytes; a document of the API is small.
    /// - Throws: 415 for another media type, 413, 400 `json.malformed` or `json.invalid` with the place in `field`.
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
        case .typeMismatch(let type, let at):
            self.init(at.codingPath, "has another type than \(Self.words(for: type))")
        case .valueNotFound(let type, let at):
            self.init(at.codingPath, "is null or missing; \(Self.words(for: type)) is expected")
        case .keyNotFound(let key, let at): self.init(at.codingPath + [key], "is missing")
        case .dataCorrupted(let at) where !at.codingPath.isEmpty:
            self.init(at.codingPath, "has a value that is not possible here")
        default: self.init(400, "json.malformed", "The body is not well-formed JSON in UTF-8.")
        }
    }

    private init(_ path: [any CodingKey], _ what: String) {
        let field = path.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
        self.init(
            400, "json.invalid", field.isEmpty ? "The document \(what)." : "The member '\(field)' \(what).",
            field: field.isEmpty ? nil : field)
    }

    private static func words(for type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is any Collection.Type: "an array"
        default: "an object"
        }
    }
}
