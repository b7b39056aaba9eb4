extension DataSet {
    /// The first value as text: decoded, without padding.
    ///
    /// - Returns: nil when the attribute is absent, has no value, or none that text can show.
    package func string(_ tag: Tag) -> String? {
        guard let first = strings(tag).first, !first.isEmpty else { return nil }
        return first
    }

    /// All values as text, in valid UTF-8 without U+0000; numbers in decimal, tags in hexadecimal digits.
    ///
    /// An empty value among others is an empty string.
    package func strings(_ tag: Tag) -> [String] {
        guard let element = self[tag], case .bytes(let bytes) = element.value, !bytes.isEmpty else { return [] }
        if element.vr.isText { return characterSet.values(of: bytes, element.vr) }
        return switch element.vr {
        case .AT: Numbers.tags(bytes).map(\.hex)
        case .FL, .FD: Numbers.doubles(bytes, element.vr).map { "\($0)" }
        default: Numbers.integers(bytes, element.vr).map { "\($0)" }
        }
    }

    /// The first value as a UID; nil when there is none or it is malformed.
    package func uid(_ tag: Tag) -> UID? { string(tag).flatMap(UID.init) }

    /// The first value of a Person Name.
    package func personName(_ tag: Tag) -> PersonName? { string(tag).map(PersonName.init) }
}
