import HTTPModel

/// A function as the API's descriptions show it.
package struct FunctionDescription: Sendable {
    package let name: String
    let route: Route
    let access: Access
    let pool: Pool
    package let contract: Contract

    package init(_ function: any Function.Type) {
        let entry = function.entry
        (name, route, access, pool) = (entry.name, entry.route, entry.access, entry.pool)
        contract = function.contract
    }

    package var pattern: String { route.pattern }
    package var method: String { route.method.rawValue }

    /// `RetrieveSeriesMetadata` is "Retrieve series metadata".
    package var summary: String {
        name.reduce(into: "") { text, letter in
            if letter.isUppercase, text.last?.isLowercase == true { text += " " }
            text += text.isEmpty ? String(letter) : letter.lowercased()
        }
    }

    /// The service of PS3.18, or what the address of the API names.
    package var subject: String {
        switch (route.components.first, name) {
        case ("wado", _): "WADO-URI"
        case ("dicomweb", let name) where name.hasPrefix("Search"): "QIDO-RS"
        case ("dicomweb", let name) where name.hasPrefix("Store"): "STOW-RS"
        case ("dicomweb", let name) where name.hasSuffix("Capabilities"): "capabilities"
        case ("dicomweb", _): "WADO-RS"
        default: route.components.dropFirst().first ?? ""
        }
    }

    /// The names in the route's braces, in order.
    var placeholders: [String] {
        route.components.filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// What a caller needs: a permission's name, `session`, or `open`.
    var permission: String {
        switch access {
        case .open: "open"
        case .session: "session"
        case .permission(let name): name
        }
    }
}
