import HTTPModel

/// Finds the function for a method and a path by walking the path's components once.
struct RouteTable {
    enum Match {
        case function(FunctionEntry, parameters: [String: String])
        /// The path exists for these methods alone.
        case methodNotAllowed([Method])
        case notFound
    }

    private struct Target {
        let entry: FunctionEntry
        /// The names of the pattern's parameters, in order.
        let names: [String]
    }

    private struct Node {
        var literals: [String: Node] = [:]
        /// The node behind `{name}`; none or one.
        var parameter: [Node] = []
        var targets: [Method: Target] = [:]

        mutating func insert(_ target: Target, at components: ArraySlice<String>) {
            guard let first = components.first else {
                targets[target.entry.route.method] = target
                return
            }
            if first.hasPrefix("{") {
                if parameter.isEmpty { parameter.append(Node()) }
                parameter[0].insert(target, at: components.dropFirst())
            } else {
                literals[first, default: Node()].insert(target, at: components.dropFirst())
            }
        }

        /// The nodes for a path, literal components first.
        func find(
            _ parts: ArraySlice<Substring>, _ values: [Substring], _ found: inout [([Method: Target], [Substring])]
        ) {
            guard let first = parts.first else {
                if !targets.isEmpty { found.append((targets, values)) }
                return
            }
            literals[String(first)]?.find(parts.dropFirst(), values, &found)
            parameter.first?.find(parts.dropFirst(), values + [first], &found)
        }
    }

    private var root = Node()

    init(_ entries: [FunctionEntry]) {
        for entry in entries {
            let names = entry.route.components.filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
            root.insert(Target(entry: entry, names: names), at: entry.route.components[...])
        }
    }

    /// `HEAD` is answered by the function for `GET` where it has none of its own.
    ///
    /// - Complexity: O(n) in the length of the path.
    func match(_ method: Method?, _ path: Substring) -> Match {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
            .map { Substring($0) }[...]
        guard parts.count <= 32 else { return .notFound }
        var found: [([Method: Target], [Substring])] = []
        root.find(parts, [], &found)
        var allowed: Set<Method> = []
        for (targets, values) in found {
            guard let decoded = Self.decode(values) else { continue }
            if let method, let target = targets[method] ?? (method == .head ? targets[.get] : nil) {
                let parameters = Dictionary(zip(target.names, decoded), uniquingKeysWith: { $1 })
                return .function(target.entry, parameters: parameters)
            }
            allowed.formUnion(targets.keys)
        }
        if allowed.contains(.get) { allowed.insert(.head) }
        return allowed.isEmpty ? .notFound : .methodNotAllowed(allowed.sorted { $0.rawValue < $1.rawValue })
    }

    /// - Returns: `nil` for a value that is empty, malformed, or hides a separator or NUL, as `Route.match` has it.
    private static func decode(_ values: [Substring]) -> [String]? {
        var decoded: [String] = []
        for value in values {
            guard let text = PercentEncoding.decode(value), !text.isEmpty,
                !text.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "/") })
            else { return nil }
            decoded.append(text)
        }
        return decoded
    }
}
