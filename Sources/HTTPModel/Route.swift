/// A method and a path pattern: `GET /dicomweb/studies/{study}/metadata`.
///
/// A pattern component is literal or `{name}`, which matches one non-empty path component.
package struct Route: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let method: Method
    /// The pattern's components between slashes.
    package let components: [String]

    /// - Parameter text: method, one space, pattern.
    package init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let method = Method(rawValue: String(parts[0])), parts[1].first == "/"
        else { return nil }
        self.method = method
        components = parts[1].split(separator: "/").map(String.init)
    }

    /// A literal that is no route matches nothing; a test of the function list finds it.
    package init(stringLiteral text: String) {
        self = Route(text) ?? Route(method: .options, components: ["", text])
    }

    private init(method: Method, components: [String]) {
        self.method = method
        self.components = components
    }

    package var pattern: String { "/" + components.joined(separator: "/") }
    package var description: String { "\(method.rawValue) \(pattern)" }

    /// The values of the pattern's `{name}` components, percent-decoded; `nil` when the path does not match or
    /// an escape in it is malformed or hides a `/` or NUL.
    package func match(_ path: String) -> [String: String]? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard parts.count == components.count else { return nil }
        var values: [String: String] = [:]
        for (pattern, part) in zip(components, parts) {
            if pattern.hasPrefix("{") {
                guard let value = PercentEncoding.decode(part), !value.isEmpty,
                    !value.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "/") })
                else { return nil }
                values[String(pattern.dropFirst().dropLast())] = value
            } else if pattern != part {
                return nil
            }
        }
        return values
    }
}
