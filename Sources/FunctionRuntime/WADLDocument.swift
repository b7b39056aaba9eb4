import HTTPModel

/// The functions as a Web Application Description, which the Retrieve Capabilities transaction answers with.
///
/// - SeeAlso: PS3.18 §8.9; Web Application Description Language, W3C submission of 31 August 2009.
package struct WADLDocument {
    private let functions: [FunctionDescription]

    package init(_ functions: [FunctionDescription]) { self.functions = functions }

    package var xml: [UInt8] {
        var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
        text += #"<application xmlns="http://wadl.dev.java.net/2009/02" xmlns:xs="http://www.w3.org/2001/XMLSchema">"#
        text += #"<resources base="/">"#
        let byPattern = Dictionary(grouping: functions, by: \.route.pattern).sorted { $0.key < $1.key }
        for (pattern, functions) in byPattern {
            text += "<resource path=\"\(Self.escaped(String(pattern.dropFirst())))\">"
            for name in functions.first?.placeholders ?? [] { text += Self.parameter(name, .text, style: "template") }
            for function in functions { text += Self.method(function) }
            text += "</resource>"
        }
        return Array((text + "</resources></application>\n").utf8)
    }

    private static func method(_ function: FunctionDescription) -> String {
        let contract = function.contract
        let parameters = contract.parameters.map { parameter($0.name, $0.kind, style: "query") }
        return "<method name=\"\(function.route.method.rawValue)\" id=\"\(function.name)\"><request>"
            + parameters.joined() + contract.takes.map(representation).joined()
            + "</request><response status=\"\(contract.gives.isEmpty ? 204 : 200)\">"
            + contract.gives.map(representation).joined() + "</response></method>"
    }

    private static func parameter(_ name: String, _ kind: QueryParameter.Kind, style: String) -> String {
        let type =
            switch kind {
            case .text: "xs:string"
            case .number: "xs:nonNegativeInteger"
            case .truth: "xs:boolean"
            }
        return "<param name=\"\(escaped(name))\" style=\"\(style)\" type=\"\(type)\"/>"
    }

    private static func representation(_ type: String) -> String { "<representation mediaType=\"\(escaped(type))\"/>" }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
    }
}
