/// What a document says about one member: nothing, null, or a value (JSON merge patch, RFC 7396).
package enum Change<Value> {
    /// The member is absent: what is there stays.
    case keep
    /// The member is null: back to the default.
    case clear
    case set(Value)

    /// The new value, with `current` where nothing is said and `empty` for null.
    package func applied(to current: Value, empty: Value) -> Value {
        switch self {
        case .keep: current
        case .clear: empty
        case .set(let value): value
        }
    }

    /// The new value of a member that may be null.
    package func applied(to current: Value?) -> Value? {
        switch self {
        case .keep: current
        case .clear: nil
        case .set(let value): value
        }
    }

    /// The value that is set, if any.
    package var value: Value? {
        guard case .set(let value) = self else { return nil }
        return value
    }

    /// In a replacement, what is not said goes back to the default.
    package var replacing: Change {
        guard case .keep = self else { return self }
        return .clear
    }
}

extension Change: Sendable where Value: Sendable {}
extension Change: Equatable where Value: Equatable {}

extension KeyedDecodingContainer {
    /// - Throws: `DecodingError` for another type.
    package func change<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Change<Value> {
        guard contains(key) else { return .keep }
        return try decodeNil(forKey: key) ? .clear : .set(try decode(type, forKey: key))
    }
}
