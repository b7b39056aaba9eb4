/// A statement whose values are binds and nothing else.
///
///     let rows = try database.query("SELECT id FROM studies WHERE uid = \(uid)")
///
/// Equal texts share one prepared statement, so texts must not be made from values: `\(raw:)` is for trusted text, such
/// as the name of a column from a list of ours.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    private var parts: [Part]

    fileprivate enum Part: Sendable {
        case text(String)
        case bind(Bind)
    }

    package init(stringLiteral text: String) { parts = [.text(text)] }

    package init(stringInterpolation interpolation: StringInterpolation) { parts = interpolation.parts }

    /// Text of ours that is no literal.
    package init(raw text: String) { parts = [.text(text)] }

    /// With `$1`, `$2`, … where the binds stand.
    package var text: String {
        var number = 0
        return parts.reduce(into: "") { text, part in
            switch part {
            case .text(let piece): text += piece
            case .bind:
                number += 1
                text += "$\(number)"
            }
        }
    }

    var binds: [Bind] {
        parts.compactMap { part in
            guard case .bind(let bind) = part else { return nil }
            return bind
        }
    }

    package var isEmpty: Bool {
        parts.allSatisfy { part in
            guard case .text(let text) = part else { return false }
            return text.isEmpty
        }
    }

    package static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.parts += right.parts
        return sum
    }

    package static func += (left: inout SQL, right: SQL) { left.parts += right.parts }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.text(literal)) }
        }

        package mutating func appendInterpolation(_ value: some Bindable) { parts.append(.bind(value.bind)) }

        /// `nil` is NULL.
        package mutating func appendInterpolation(_ value: (some Bindable)?) { parts.append(.bind(value.bind)) }

        /// A UUID as text; the statement's type is uuid.
        package mutating func appendInterpolation(uuid value: String?) {
            parts.append(.bind(value.bind))
            parts.append(.text("::uuid"))
        }

        /// UUIDs as texts; the statement's type is uuid[].
        package mutating func appendInterpolation(uuids values: [String]) {
            parts.append(.bind(values.bind))
            parts.append(.text("::uuid[]"))
        }

        /// Part of a statement, with its binds.
        package mutating func appendInterpolation(_ sql: SQL) { parts += sql.parts }

        /// Trusted text; never a value.
        package mutating func appendInterpolation(raw text: String) { parts.append(.text(text)) }
    }
}

extension Sequence<SQL> {
    /// The parts with a separator between them.
    package func joined(separator: SQL) -> SQL {
        var joined: SQL = ""
        for (index, part) in enumerated() {
            if index > 0 { joined += separator }
            joined += part
        }
        return joined
    }
}
