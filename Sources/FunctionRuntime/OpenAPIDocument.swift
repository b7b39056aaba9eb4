import FoundationEssentials
import HTTPModel

/// The functions as an OpenAPI 3.1 document, made of the list itself.
package struct OpenAPIDocument: Encodable {
    private let openapi = "3.1.0"
    private let info = ["title": "Preview DICOM", "version": "1"]
    private let paths: [String: [String: Operation]]
    private let components = Components()
    private let security: [[String: [String]]] = [["bearer": []], ["basic": []], ["cookie": []]]

    package init(_ functions: [FunctionDescription]) {
        paths = functions.reduce(into: [:]) { paths, function in
            paths[function.route.pattern, default: [:]][function.route.method.rawValue.lowercased()] =
                Operation(function)
        }
    }

    /// Sorted, so that equal lists give equal bytes.
    package func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }

    private struct Components: Encodable {
        let securitySchemes = [
            "bearer": ["type": "http", "scheme": "bearer"], "basic": ["type": "http", "scheme": "basic"],
            "cookie": ["type": "apiKey", "in": "cookie", "name": "session"],
        ]
    }

    private struct Operation: Encodable {
        let operationId: String
        let summary: String
        let tags: [String]
        let parameters: [Parameter]
        let requestBody: Body?
        let responses: [String: Answer]
        let security: [[String: [String]]]?
        let permission: String
        let pool: String

        enum CodingKeys: String, CodingKey {
            case operationId, summary, tags, parameters, requestBody, responses, security
            case permission = "x-permission"
            case pool = "x-pool"
        }

        init(_ function: FunctionDescription) {
            operationId = function.name
            summary = function.summary
            tags = [function.subject]
            parameters =
                function.placeholders.map { Parameter(place: "path", name: $0, kind: .text, meaning: nil) }
                + function.contract.parameters.map {
                    Parameter(place: "query", name: $0.name, kind: $0.kind, meaning: $0.meaning)
                }
            requestBody = function.contract.takes.isEmpty ? nil : Body(types: function.contract.takes)
            let gives = function.contract.gives
            responses = [
                gives.isEmpty ? "204" : "200": Answer(types: gives, description: gives.isEmpty ? "Done" : "The answer"),
                "default": Answer(types: ["application/json"], description: "A refusal, in a sentence"),
            ]
            security = function.access == .open ? [] : nil
            permission = function.permission
            pool = function.pool.rawValue
        }
    }

    private struct Parameter: Encodable {
        let name: String
        let place: String
        let required: Bool
        let description: String?
        let schema: [String: String]

        enum CodingKeys: String, CodingKey {
            case name, required, description, schema
            case place = "in"
        }

        init(place: String, name: String, kind: QueryParameter.Kind, meaning: String?) {
            (self.name, self.place, description) = (name, place, meaning)
            required = place == "path"
            schema = ["type": kind.rawValue]
        }
    }

    private struct Body: Encodable {
        let content: [String: [String: String]]

        init(types: [String]) { content = Dictionary(types.map { ($0, [:]) }) { first, _ in first } }
    }

    private struct Answer: Encodable {
        let description: String
        let content: [String: [String: String]]?

        init(types: [String], description: String) {
            self.description = description
            content = types.isEmpty ? nil : Body(types: types).content
        }
    }
}
